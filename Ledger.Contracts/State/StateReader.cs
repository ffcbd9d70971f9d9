using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Contracts.State;

/// <summary>
/// Reads typed values of the state; null or 0 where there is none. What comes back is the caller's own copy.
/// </summary>
public static class StateReader
{
    /// <summary>The value of a key as the message that its kind holds.</summary>
    public static T? Find<T>(this IStateView state, StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> =>
        state.TryGet(key, out ReadOnlyMemory<byte> value) ? parser.ParseFrom(value.Span) : null;

    /// <summary>The voting members and the seats of the next block.</summary>
    public static Roll Roll(this IStateView state) => state.Find(StateKeys.Roll, Protos.Roll.Parser) ?? new Roll();

    /// <summary>An institution, whatever its status.</summary>
    public static Institution? Institution(this IStateView state, Address institution) =>
        state.Find(StateKeys.Institution(institution), Protos.Institution.Parser);

    /// <summary>The status of an institution; unspecified for who never was one.</summary>
    public static InstitutionStatus StatusOf(this IStateView state, Address institution) =>
        state.StatusOf(StateKeys.Institution(institution));

    /// <summary>The same, by the key of the institution.</summary>
    internal static InstitutionStatus StatusOf(this IStateView state, StateKey institution) =>
        state.Peek(institution, Protos.Institution.Parser)?.Status ?? InstitutionStatus.Unspecified;

    /// <summary>Whether the address is an institution that members have admitted.</summary>
    public static bool IsMember(this IStateView state, Address institution) =>
        state.StatusOf(institution) == InstitutionStatus.Member;

    /// <summary>
    /// Whether the institution is a member, or was one and keeps its duties: it follows the ledger and serves records.
    /// </summary>
    public static bool HasDuties(this IStateView state, Address institution) =>
        state.StatusOf(institution) is InstitutionStatus.Member
            or InstitutionStatus.Suspended
            or InstitutionStatus.Left
            or InstitutionStatus.Closed;

    /// <summary>Who holds a domain, or null.</summary>
    public static Address? DomainOwner(this IStateView state, string domain)
    {
        DomainClaim? claim = state.Find(StateKeys.Domain(domain), DomainClaim.Parser);
        if (claim is null)
        {
            return null;
        }

        Address owner = new(claim.Institution.Span);
        bool isFree = state.Institution(owner)?.Status
            is InstitutionStatus.Rejected or InstitutionStatus.Revoked or InstitutionStatus.Closed;
        return isFree ? null : owner;
    }

    /// <summary>A ballot of a candidate.</summary>
    public static Ballot? Ballot(this IStateView state, Address candidate, ulong number) =>
        state.Find(StateKeys.Ballot(candidate, number), Protos.Ballot.Parser);

    /// <summary>A proposal about seats.</summary>
    public static SeatProposal? SeatProposal(this IStateView state, ulong number) =>
        number == 0 ? null : state.Find(StateKeys.SeatProposals.At(number), Protos.SeatProposal.Parser);

    /// <summary>How many proposals about seats there have been; they are numbered from 1.</summary>
    public static ulong SeatProposalCount(this IStateView state) =>
        state.Find(StateKeys.SeatProposals.Counter, Counter.Parser)?.Count ?? 0;

    /// <summary>A measure.</summary>
    public static MeasureProposal? Measure(this IStateView state, ulong number) =>
        number == 0 ? null : state.Find(StateKeys.Measures.At(number), MeasureProposal.Parser);

    /// <summary>How many measures there have been; they are numbered from 1.</summary>
    public static ulong MeasureCount(this IStateView state) =>
        state.Find(StateKeys.Measures.Counter, Counter.Parser)?.Count ?? 0;

    /// <summary>The epoch of the next block, which is that of the roll's seats.</summary>
    public static ulong Epoch(this IStateView state)
    {
        ulong open = state.OpenNumber(StateKeys.ValidatorSets);
        return open == 0 ? 0 : open - 1;
    }

    /// <summary>
    /// The set of an epoch, or null where the state does not hold it: one that is still to come, or the first one of a
    /// chain whose seats nobody has proposed to change.
    /// </summary>
    public static ValidatorSetInstance? ValidatorSet(this IStateView state, ulong epoch) =>
        epoch == ulong.MaxValue
            ? null
            : state.Find(StateKeys.ValidatorSets.At(epoch + 1), ValidatorSetInstance.Parser);

    /// <summary>Whose vote key this is or was; null for one that the state never saw in a set.</summary>
    public static VoteKeyClaim? VoteKeyClaim(this IStateView state, PublicKeyBytes key) =>
        state.Find(StateKeys.VoteKeyClaim(key), Protos.VoteKeyClaim.Parser);

    /// <summary>A learner.</summary>
    public static Learner? Learner(this IStateView state, Address learner) =>
        state.Find(StateKeys.Learner(learner), Protos.Learner.Parser);

    /// <summary>The number of the instance that is open, or 0.</summary>
    public static ulong OpenNumber(this IStateView state, InstanceSeries series) =>
        state.Peek(series.Counter, Counter.Parser)?.Open ?? 0;

    /// <summary>The instance that is open.</summary>
    public static T? OpenInstance<T>(this IStateView state, InstanceSeries series, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        ulong number = state.OpenNumber(series);
        return number == 0 ? null : state.Find(series.At(number), parser);
    }

    /// <summary>All instances in ascending order of number, closed ones too.</summary>
    public static IReadOnlyList<T> Instances<T>(this IStateView state, InstanceSeries series, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        ulong count = state.Find(series.Counter, Counter.Parser)?.Count ?? 0;
        List<T> instances = [];
        for (ulong number = 1; number <= count; number++)
        {
            T? instance = state.Find(series.At(number), parser);
            Invariant.That(instance is not null);
            instances.Add(instance);
        }

        return instances;
    }

    /// <summary>The signing key that is current for an address that the ledger knows.</summary>
    public static PublicKeyBytes? CurrentKey(this IStateView state, Address owner)
    {
        KeyInstance? current = state.OpenInstance(StateKeys.SigningKeys(owner), KeyInstance.Parser);
        return current is null ? null : new PublicKeyBytes(current.PublicKey.Span);
    }

    /// <summary>
    /// To whom a signing key belongs, now or formerly; null for one that the state never saw. A first key names its
    /// address, any other one is claimed.
    /// </summary>
    public static Address? KeyOwner(this IStateView state, PublicKeyBytes key)
    {
        Address own = Address.Of(key);
        return state.TryGet(StateKeys.SigningKeys(own).Counter, out _)
            ? own
            : state.Find(StateKeys.KeyClaim(key), KeyClaim.Parser)?.Owner.ToAddress();
    }

    /// <summary>Whether the key votes or ever voted for a validator's seat.</summary>
    public static bool IsVoteKey(this IStateView state, PublicKeyBytes key) =>
        state.VoteKeyClaim(key) is not null
        || state.Roll().Seats.Any(seat => seat.VoteKey.Span.SequenceEqual(key.ToArray()));

    /// <summary>The X25519 key that is current.</summary>
    public static PublicKeyBytes? CurrentEncryptionKey(this IStateView state, Address owner)
    {
        EncryptionKeyInstance? current =
            state.OpenInstance(StateKeys.EncryptionKeys(owner), EncryptionKeyInstance.Parser);
        return current is null ? null : new PublicKeyBytes(current.PublicKey.Span);
    }

    /// <summary>The URI at which an institution's endpoint of a kind answers.</summary>
    public static string? Endpoint(this IStateView state, Address institution, EndpointKind kind) =>
        state.OpenInstance(StateKeys.Endpoints(institution, kind), EndpointInstance.Parser)?.Uri;

    /// <summary>Whether the learner is at the institution now.</summary>
    public static bool IsEnrolled(this IStateView state, Address learner, Address institution) =>
        state.OpenNumber(StateKeys.Enrolments(learner, institution)) != 0;

    /// <summary>A learner's user index (UIC).</summary>
    public static Index? UserIndex(this IStateView state, Address learner) =>
        state.Find(StateKeys.UserIndex(learner), Index.Parser);

    /// <summary>A provider's index (PIC).</summary>
    public static Index? ProviderIndex(this IStateView state, Address provider) =>
        state.Find(StateKeys.ProviderIndex(provider), Index.Parser);

    /// <summary>An LLPC.</summary>
    public static Llpc? Llpc(this IStateView state, LlpcName name) =>
        state.Find(StateKeys.Llpc(name), Protos.Llpc.Parser);

    /// <summary>A grant, open or closed.</summary>
    public static GrantInstance? Grant(this IStateView state, LlpcName name, ulong number) =>
        state.Find(StateKeys.Grant(name, number), GrantInstance.Parser);

    /// <summary>The grants that are open, expired ones among them until a block closes them.</summary>
    public static LiveGrants LiveGrants(this IStateView state, LlpcName name) =>
        state.Find(StateKeys.LiveGrants(name), Protos.LiveGrants.Parser) ?? new LiveGrants();

    /// <summary>A request, waiting or closed.</summary>
    public static RequestInstance? Request(this IStateView state, LlpcName name, ulong number) =>
        state.Find(StateKeys.Request(name, number), RequestInstance.Parser);

    /// <summary>How many requests of an institution wait, over all LLPCs.</summary>
    public static ulong OpenRequests(this IStateView state, Address requester) =>
        state.Find(StateKeys.Requester(requester), Requester.Parser)?.Open ?? 0;

    /// <summary>The score of a record that is current.</summary>
    public static ScoreInstance? Score(this IStateView state, LlpcName name, Address writer, ulong index) =>
        state.OpenInstance(StateKeys.Scores(name, writer, index), ScoreInstance.Parser);

    /// <summary>How many policies there have been; they are numbered from 1.</summary>
    public static ulong PolicyCount(this IStateView state) =>
        state.Find(StateKeys.PolicyCount, Protos.PolicyCount.Parser)?.Count ?? 0;

    /// <summary>A version of a policy, in force or not.</summary>
    public static PolicyVersion? Policy(this IStateView state, PolicyName name) =>
        name.Number == 0 || name.Version == 0
            ? null
            : state.Find(StateKeys.PolicyVersions(name.Number).At(name.Version), PolicyVersion.Parser);
    /// <summary>The entries of a learner's access trail.</summary>
    public static RecordRange Trail(this IStateView state, Address learner) =>
        state.Find(StateKeys.Trail(learner), Protos.RecordRange.Parser) ?? new RecordRange();

    /// <summary>What an institution holds of a learner; null where it never held anything.</summary>
    public static Holding? Holding(this IStateView state, Address learner, Address institution) =>
        state.Find(StateKeys.Holding(learner, institution), Protos.Holding.Parser);

    /// <summary>How many plans a provider of custody has.</summary>
    public static CustodyProvider CustodyProvider(this IStateView state, Address provider) =>
        state.Find(StateKeys.CustodyProvider(provider), Protos.CustodyProvider.Parser) ?? new CustodyProvider();

    /// <summary>A provider's plan, withdrawn or not.</summary>
    public static CustodyPlan? CustodyPlan(this IStateView state, Address provider, ulong number) =>
        number == 0 ? null : state.Find(StateKeys.CustodyPlan(provider, number), Protos.CustodyPlan.Parser);

    /// <summary>A client's accepted agreements, ended ones among them until a block closes them.</summary>
    public static CustodyClient CustodyClient(this IStateView state, Address client) =>
        state.Find(StateKeys.CustodyClient(client), Protos.CustodyClient.Parser) ?? new CustodyClient();

    /// <summary>The verified copies of the records of an LLPC by a writer.</summary>
    public static RangeCustody RangeCustody(this IStateView state, LlpcName name, Address writer) =>
        state.Find(StateKeys.RangeCustody(name, writer), Protos.RangeCustody.Parser) ?? new RangeCustody();

    /// <summary>The records of an LLPC by a writer.</summary>
    public static RecordRange RecordRange(this IStateView state, LlpcName name, Address writer) =>
        state.Find(StateKeys.RecordRange(name, writer), Protos.RecordRange.Parser) ?? new RecordRange();

    /// <summary>What an institution or learner has asked of the ledger so far; nothing for who is not known.</summary>
    public static Usage Usage(this IStateView state, Address actor) =>
        state.Find(StateKeys.Usage(actor), Protos.Usage.Parser) ?? new Usage();
    /// <summary>The verb registry; version 0 is the standard table alone.</summary>
    public static VerbRegistry VerbRegistry(this IStateView state) =>
        state.Find(StateKeys.VerbRegistry, Protos.VerbRegistry.Parser) ?? new VerbRegistry();

    /// <summary>A verb that members have added.</summary>
    public static RegisteredVerb? RegisteredVerb(this IStateView state, uint code) =>
        state.Find(StateKeys.RegisteredVerb(code), Protos.RegisteredVerb.Parser);

    /// <summary>Which code members have given an IRI.</summary>
    public static VerbClaim? VerbClaim(this IStateView state, string iri) =>
        state.Find(StateKeys.VerbClaim(iri), Protos.VerbClaim.Parser);
}
