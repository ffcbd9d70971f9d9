using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The state from which a chain begins, made of the genesis document alone. Rule K-2 of the protocol.
/// </summary>
public sealed record GenesisState
{
    /// <summary>H(Genesis tag, document): names the chain.</summary>
    public required Hash256 ChainId { get; init; }

    /// <summary>The document.</summary>
    public required Genesis Document { get; init; }

    /// <summary>The state at height 0.</summary>
    public required LedgerState State { get; init; }

    /// <summary>The values of the state, in ascending order of key hash.</summary>
    public required IReadOnlyList<StateChange> Changes { get; init; }

    /// <summary>The root over no transactions, for the header at height 0.</summary>
    public required Hash256 TransactionRoot { get; init; }

    /// <summary>The root over no receipts, for the header at height 0.</summary>
    public required Hash256 ReceiptRoot { get; init; }

    /// <summary>The validators of the first epoch, in ascending order of address.</summary>
    public required IReadOnlyList<ValidatorSeat> Validators { get; init; }

    /// <summary>The time of height 0, in ms since 1970-01-01 UTC.</summary>
    public long TimeUnixMs => Document.TimeUnixMs;

    /// <summary>
    /// Reads a document; throws <see cref="GenesisFormatException"/> for one from which no chain can begin.
    /// </summary>
    public static GenesisState Build(ReadOnlySpan<byte> genesisBytes)
    {
        if (!CanonicalMessage.TryParse(Genesis.Parser, genesisBytes, out Genesis? document))
        {
            throw new GenesisFormatException(
                "The genesis document is not canonically encoded: make it with this program.");
        }

        Require(
            document.Version == GenesisLimits.Version,
            $"The genesis document has version {document.Version}, not 1.");
        Require(TextForm.IsName(document.Name), "The chain's name must have 1 to 200 bytes and no control characters.");
        Require(document.TimeUnixMs > 0, "The chain's time must be after 1970-01-01.");
        Require(
            document.Founders.Count is > 0 and <= GenesisLimits.FoundersMax,
            $"There must be 1 to {GenesisLimits.FoundersMax} founders.");

        BlockDraft draft = new(LedgerState.Empty, NoRecords.Instance, document.TimeUnixMs, operations: 0);
        Roll roll = new();
        foreach (Founder founder in document.Founders)
        {
            AddFounder(draft, roll, founder, document.TimeUnixMs);
        }

        Require(
            roll.Seats.Count is > 0 and <= GenesisLimits.SeatsMax,
            $"1 to {GenesisLimits.SeatsMax} founders must have a vote key, for they decide the first block.");
        draft.Set(StateKeys.Roll, roll);
        (LedgerState state, StateChange[] changes) = draft.Finish();
        Hash256 emptyRoot = MerkleList.Root([]);
        return new GenesisState
        {
            ChainId = TaggedHash.Of(Tags.Genesis, genesisBytes),
            Document = document,
            State = state,
            Changes = changes,
            TransactionRoot = emptyRoot,
            ReceiptRoot = emptyRoot,
            Validators = ValidatorSeat.Of(state),
        };
    }

    private static void AddFounder(BlockDraft draft, Roll roll, Founder founder, long timeUnixMs)
    {
        CheckFounder(founder);
        PublicKeyBytes key = ReadKey(founder.IdentityKey, founder, "identity key");
        Address address = Address.Of(key);
        Require(draft.Institution(address) is null, $"Two founders have the identity key of {founder.Name}.");
        Require(draft.DomainOwner(founder.Domain) is null, $"Two founders have the domain {founder.Domain}.");

        KeyBook.OpenFirst(draft, address, key, 0, timeUnixMs);
        draft.Set(StateKeys.Domain(founder.Domain), new DomainClaim { Institution = address.ToField() });
        draft.Set(StateKeys.Institution(address), new Institution
        {
            Name = founder.Name,
            Domain = founder.Domain,
            Kind = founder.Kind,
            Status = InstitutionStatus.Member,
        });
        Instances.Open(draft, StateKeys.Memberships(address), new Membership
        {
            Interval = Instances.From(0),
            Kind = founder.Kind,
        });
        if (founder.PeerEndpoint.Length > 0)
        {
            Instances.Open(draft, StateKeys.Endpoints(address, EndpointKind.Peer), new EndpointInstance
            {
                Interval = Instances.From(0),
                Kind = EndpointKind.Peer,
                Uri = founder.PeerEndpoint,
            });
        }

        if (founder.Kind == InstitutionKind.LearningProvider)
        {
            AddressList.Insert(roll.Members, address);
            AddSeat(roll, founder, address);
        }
    }

    private static void CheckFounder(Founder founder)
    {
        Require(TextForm.IsName(founder.Name), "A founder's name must have 1 to 200 bytes and no control characters.");
        Require(
            TextForm.IsDomain(founder.Domain),
            $"The domain of {founder.Name} must be lower-case labels with dots between, at most 253 bytes.");
        Require(
            founder.Kind is InstitutionKind.LearningProvider or InstitutionKind.Organisation,
            $"The kind of {founder.Name} must be a learning provider or an organisation.");
        Require(
            founder.PeerEndpoint.Length == 0 || TextForm.IsUri(founder.PeerEndpoint),
            $"The peer endpoint of {founder.Name} must be an absolute URI of at most 500 bytes.");
        Require(
            founder.VoteKey.IsEmpty || founder.Kind == InstitutionKind.LearningProvider,
            $"{founder.Name} is an organisation and cannot have a vote key.");
    }

    private static void AddSeat(Roll roll, Founder founder, Address address)
    {
        if (founder.VoteKey.IsEmpty)
        {
            return;
        }

        PublicKeyBytes voteKey = ReadKey(founder.VoteKey, founder, "vote key");
        Require(VoteKeyForm.IsUsable(voteKey), $"The vote key of {founder.Name} is a weak one: make a new one.");
        Require(
            voteKey != new PublicKeyBytes(founder.IdentityKey.Span),
            $"{founder.Name} must not use its identity key as its vote key.");
        Require(
            roll.Seats.All(seat => new PublicKeyBytes(seat.VoteKey.Span) != voteKey),
            $"Two founders have the vote key of {founder.Name}.");
        int place = roll.Seats.Count(seat => seat.Address.ToAddress().CompareTo(address) < 0);
        roll.Seats.Insert(place, new Seat { Address = address.ToField(), VoteKey = voteKey.ToField() });
    }

    private static PublicKeyBytes ReadKey(ByteString bytes, Founder founder, string what)
    {
        Require(
            PublicKeyBytes.TryRead(bytes.Span, out PublicKeyBytes key),
            $"The {what} of {founder.Name} must have 32 bytes.");
        return key;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new GenesisFormatException(otherwise);
        }
    }
}
