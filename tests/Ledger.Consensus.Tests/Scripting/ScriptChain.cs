using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Keys, sets, transactions and genesis of a script. Seat 1 has the lowest address, seat 2 the next.</summary>
internal sealed class ScriptChain
{
    private const long GenesisTimeUnixMs = 1_000_000;

    private readonly ImmutableArray<(Validator Validator, IVoteSigner Signer)> seats;
    private readonly Dictionary<Hash256, string> transactions = [];

    /// <summary>The first set has the lowest <paramref name="validators"/> of all seats.</summary>
    public ScriptChain(int validators, int spare)
    {
        seats = [.. Enumerable.Range(0, validators + spare).Select(Make)
            .OrderBy(one => one.Validator.Address)];
        FirstSet = SetOf(Enumerable.Range(1, validators));
        ChainId = TaggedHash.Of(Tags.Genesis, "script"u8);
        Genesis = ProposalBlock.Of(
            new BlockHeader
            {
                Height = 0,
                Epoch = 0,
                ParentHash = ChainId,
                TimeUnixMs = GenesisTimeUnixMs,
                TransactionRoot = MerkleList.Root([]),
                ReceiptRoot = MerkleList.Root([]),
                StateRoot = Hash256.Zero,
                ValidatorsHash = FirstSet.Hash,
                NextValidatorsHash = FirstSet.Hash,
            },
            []);
    }

    public SimulatedKeys Keys { get; } = new();

    public Hash256 ChainId { get; }

    public ProposalBlock Genesis { get; }

    public ValidatorSet FirstSet { get; }

    public int SeatCount => seats.Length;

    public Validator Seat(int number) => seats[number - 1].Validator;

    public IVoteSigner Signer(int number) => seats[number - 1].Signer;

    /// <summary>The number of a seat.</summary>
    public int NumberOf(Address address)
    {
        for (int place = 0; place < seats.Length; place++)
        {
            if (seats[place].Validator.Address == address)
            {
                return place + 1;
            }
        }

        throw new ScriptFailure("nobody has this address");
    }

    public ValidatorSet SetOf(IEnumerable<int> numbers) => ValidatorSet.Of(numbers.Select(Seat));

    /// <summary>The leaf of a transaction by name; the names <c>add-5</c>, <c>remove-1</c> change the set.</summary>
    public Hash256 Leaf(string name)
    {
        Hash256 leaf = TaggedHash.Of("script/leaf"u8, System.Text.Encoding.UTF8.GetBytes(name));
        transactions[leaf] = name;
        return leaf;
    }

    public string NameOf(Hash256 leaf) => transactions[leaf];

    /// <summary>The set after a block's transactions.</summary>
    public ValidatorSet NextSet(ValidatorSet set, ImmutableArray<Hash256> leaves)
    {
        SortedSet<int> numbers = [.. set.Validators.Select(one => NumberOf(one.Address))];
        foreach (string[] words in leaves.Select(leaf => NameOf(leaf).Split('-')))
        {
            if (words[0] == "add")
            {
                numbers.Add(NumberIn(words));
            }
            else if (words[0] == "remove")
            {
                numbers.Remove(NumberIn(words));
            }
        }

        return SetOf(numbers);
    }

    /// <summary>The executed block of these transactions on a parent.</summary>
    public ProposalBlock Block(ProposalBlock parent, ValidatorSet set, long timeUnixMs, ImmutableArray<Hash256> leaves)
    {
        Hash256 root = MerkleList.Root(leaves.AsSpan());
        return ProposalBlock.Of(
            new BlockHeader
            {
                Height = parent.Height + 1,
                Epoch = parent.Header.EndsEpoch ? parent.Header.Epoch + 1 : parent.Header.Epoch,
                ParentHash = parent.Hash,
                TimeUnixMs = Math.Max(timeUnixMs, parent.Header.TimeUnixMs + 1),
                TransactionRoot = root,
                ReceiptRoot = root,
                StateRoot = StateAfter(parent, root),
                ValidatorsHash = set.Hash,
                NextValidatorsHash = NextSet(set, leaves).Hash,
            },
            leaves);
    }

    public static Hash256 StateAfter(ProposalBlock parent, Hash256 transactionRoot) =>
        TaggedHash.Of("script/state"u8, parent.Header.StateRoot, transactionRoot);

    private static int NumberIn(string[] words) =>
        int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);

    private (Validator Validator, IVoteSigner Signer) Make(int identity)
    {
        (PublicKeyBytes key, IVoteSigner signer) = Keys.Create(2, identity);
        return (new Validator(Address.Of(key), key), signer);
    }
}
