using System.Buffers.Binary;
using System.Text;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>Makes the keys of the state. A prefix of a raw key lists everything below it, in order.</summary>
public static class StateKeys
{
    /// <summary>The one list of voting members and seats.</summary>
    public static StateKey Roll { get; } = new StateKey([(byte)StateKind.Roll]).Hashed();

    /// <summary>An institution.</summary>
    public static StateKey Institution(Address institution) => Of(StateKind.Institution, institution);

    /// <summary>A domain, in lower case.</summary>
    public static StateKey Domain(string domain) => new([(byte)StateKind.Domain, .. Encoding.UTF8.GetBytes(domain)]);

    /// <summary>The signing keys of an institution or learner.</summary>
    public static InstanceSeries SigningKeys(Address owner) => Series(StateKind.SigningKey, owner.Value);

    /// <summary>Whose key a key is that was rotated to.</summary>
    public static StateKey KeyClaim(PublicKeyBytes key) => new([(byte)StateKind.KeyClaim, .. key.ToArray()]);

    /// <summary>The memberships of an institution.</summary>
    public static InstanceSeries Memberships(Address institution) => Series(StateKind.Membership, institution.Value);

    /// <summary>The endpoints of one kind of an institution.</summary>
    public static InstanceSeries Endpoints(Address institution, EndpointKind kind)
    {
        byte[] raw = new byte[1 + Address.Size + (2 * sizeof(ulong))];
        raw[0] = (byte)StateKind.Endpoint;
        institution.CopyTo(raw.AsSpan(1));
        BinaryPrimitives.WriteUInt64BigEndian(raw.AsSpan(1 + Address.Size), (ulong)kind);
        return new InstanceSeries(new StateKey(raw));
    }

    /// <summary>The encryption keys of an institution or learner.</summary>
    public static InstanceSeries EncryptionKeys(Address owner) => Series(StateKind.EncryptionKey, owner.Value);

    /// <summary>The contact data of an institution.</summary>
    public static InstanceSeries Contacts(Address institution) => Series(StateKind.Contact, institution.Value);

    /// <summary>The terms of a member of staff at an institution.</summary>
    public static InstanceSeries StaffTerms(Address institution, Address staff) =>
        Series(StateKind.StaffTerm, institution.Value, staff.Value);

    /// <summary>The testimonials about a learner by an institution's staff, numbered from 1.</summary>
    public static InstanceSeries Testimonials(Address learner, Address institution) =>
        Series(StateKind.Testimonial, learner.Value, institution.Value);

    /// <summary>A ballot on a candidate, numbered from 1.</summary>
    public static StateKey Ballot(Address candidate, ulong number) =>
        Series(StateKind.Ballot, candidate.Value).At(number);

    /// <summary>The proposals about seats, numbered from 1.</summary>
    public static InstanceSeries SeatProposals { get; } = Series(StateKind.SeatProposal);

    /// <summary>A member's proposals about seats that are not known to be settled.</summary>
    public static StateKey SeatProposer(Address proposer) => Of(StateKind.SeatProposer, proposer);

    /// <summary>The measures, numbered from 1 over the chain.</summary>
    public static InstanceSeries Measures { get; } = Series(StateKind.Measure);

    /// <summary>A member's measures that are not known to be settled.</summary>
    public static StateKey MeasureProposer(Address proposer) => Of(StateKind.MeasureProposer, proposer);

    /// <summary>The validator sets; the number is the epoch plus one.</summary>
    public static InstanceSeries ValidatorSets { get; } = Series(StateKind.ValidatorSet);

    /// <summary>The vote keys of an institution.</summary>
    public static InstanceSeries VoteKeys(Address institution) => Series(StateKind.VoteKey, institution.Value);

    /// <summary>Whose vote key a key is.</summary>
    public static StateKey VoteKeyClaim(PublicKeyBytes key) => new([(byte)StateKind.VoteKeyClaim, .. key.ToArray()]);

    /// <summary>A learner.</summary>
    public static StateKey Learner(Address learner) => Of(StateKind.Learner, learner);

    /// <summary>The enrolments of a learner at an institution.</summary>
    public static InstanceSeries Enrolments(Address learner, Address institution) =>
        Series(StateKind.Enrolment, learner.Value, institution.Value);

    /// <summary>A learner's user index (UIC).</summary>
    public static StateKey UserIndex(Address learner) => Of(StateKind.UserIndex, learner);

    /// <summary>That a provider is counted in a learner's index.</summary>
    public static StateKey UserIndexProvider(Address learner, Address provider) =>
        Of(StateKind.UserIndexProvider, learner, provider);

    /// <summary>The entries of an LLPC for a provider in the learner's index.</summary>
    public static InstanceSeries UserIndexEntries(LlpcName llpc, Address provider) =>
        Series(StateKind.UserIndexEntry, llpc.Learner.Value, llpc.VerbHash, provider.Value);

    /// <summary>A provider's index (PIC).</summary>
    public static StateKey ProviderIndex(Address provider) => Of(StateKind.ProviderIndex, provider);

    /// <summary>That a learner is counted in a provider's index.</summary>
    public static StateKey ProviderIndexLearner(Address provider, Address learner) =>
        Of(StateKind.ProviderIndexLearner, provider, learner);

    /// <summary>The entries of an LLPC in a provider's index.</summary>
    public static InstanceSeries ProviderIndexEntries(Address provider, LlpcName llpc) =>
        Series(StateKind.ProviderIndexEntry, provider.Value, llpc.Learner.Value, llpc.VerbHash);

    /// <summary>An LLPC.</summary>
    public static StateKey Llpc(LlpcName llpc) => new(Join(StateKind.Llpc, 0, llpc.Learner.Value, llpc.VerbHash));

    /// <summary>A grant of an LLPC, numbered from 1.</summary>
    public static StateKey Grant(LlpcName llpc, ulong number) =>
        Series(StateKind.Grant, llpc.Learner.Value, llpc.VerbHash).At(number);

    /// <summary>The open grants of an LLPC.</summary>
    public static StateKey LiveGrants(LlpcName llpc) =>
        new(Join(StateKind.LiveGrants, 0, llpc.Learner.Value, llpc.VerbHash));

    /// <summary>The records of an LLPC by a writer.</summary>
    public static StateKey RecordRange(LlpcName llpc, Address writer) =>
        new(Join(StateKind.RecordRange, 0, llpc.Learner.Value, llpc.VerbHash, writer.Value));

    /// <summary>The verb registry.</summary>
    public static StateKey VerbRegistry { get; } = new([(byte)StateKind.VerbRegistry]);

    /// <summary>A verb that members have added, by its code.</summary>
    public static StateKey RegisteredVerb(uint code) => Series(StateKind.RegisteredVerb).At(code);

    /// <summary>Which code an IRI was given.</summary>
    public static StateKey VerbClaim(string iri) => new(Join(StateKind.VerbClaim, 0, LlpcName.HashOf(iri)));

    /// <summary>That two IRIs mean the same, the lower one first.</summary>
    public static InstanceSeries Equivalences(VerbPair pair) =>
        Series(StateKind.Equivalence, LlpcName.HashOf(pair.Iri), LlpcName.HashOf(pair.Other));

    /// <summary>The raw prefix of all keys of a kind.</summary>
    public static byte[] Prefix(StateKind kind) => Join(kind, 0);

    /// <summary>A request of an LLPC, numbered from 1.</summary>
    public static StateKey Request(LlpcName llpc, ulong number) =>
        Series(StateKind.Request, llpc.Learner.Value, llpc.VerbHash).At(number);

    /// <summary>How many requests of an institution wait.</summary>
    public static StateKey Requester(Address requester) => Of(StateKind.Requester, requester);

    /// <summary>That a requester made a request.</summary>
    public static StateKey RequestEntry(Address requester, LlpcName llpc, ulong number) =>
        Series(StateKind.RequestEntry, requester.Value, llpc.Learner.Value, llpc.VerbHash).At(number);

    /// <summary>The scores of a record.</summary>
    public static InstanceSeries Scores(LlpcName llpc, Address writer, ulong index)
    {
        byte[] raw = Join(StateKind.Score, 2 * sizeof(ulong), llpc.Learner.Value, llpc.VerbHash, writer.Value);
        BinaryPrimitives.WriteUInt64BigEndian(raw.AsSpan(raw.Length - (2 * sizeof(ulong))), index);
        return new InstanceSeries(new StateKey(raw));
    }

    /// <summary>The versions of a policy.</summary>
    public static InstanceSeries PolicyVersions(ulong policy)
    {
        byte[] raw = Join(StateKind.Policy, 2 * sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(raw.AsSpan(1), policy);
        return new InstanceSeries(new StateKey(raw));
    }

    /// <summary>How many policies there are.</summary>
    public static StateKey PolicyCount { get; } = new([(byte)StateKind.PolicyCount]);
    /// <summary>A learner's access trail.</summary>
    public static StateKey Trail(Address learner) => Of(StateKind.Trail, learner);

    /// <summary>What an institution holds of a learner.</summary>
    public static StateKey Holding(Address learner, Address institution) =>
        Of(StateKind.Holding, learner, institution);

    /// <summary>What plans a provider of custody has.</summary>
    public static StateKey CustodyProvider(Address provider) => Of(StateKind.CustodyProvider, provider);

    /// <summary>A provider's plan, numbered from 1.</summary>
    public static StateKey CustodyPlan(Address provider, ulong number) =>
        Series(StateKind.CustodyPlan, provider.Value).At(number);

    /// <summary>The agreements on custody of a client with a provider.</summary>
    public static InstanceSeries CustodyAgreements(Address client, Address provider) =>
        Series(StateKind.CustodyAgreement, client.Value, provider.Value);

    /// <summary>A client's custodians.</summary>
    public static StateKey CustodyClient(Address client) => Of(StateKind.CustodyClient, client);

    /// <summary>That a provider of custody had to do with a client.</summary>
    public static StateKey CustodyParty(Address provider, Address client) =>
        Of(StateKind.CustodyParty, provider, client);

    /// <summary>The verified copies of the records of an LLPC by a writer.</summary>
    public static StateKey RangeCustody(LlpcName llpc, Address writer) =>
        new(Join(StateKind.RangeCustody, 0, llpc.Learner.Value, llpc.VerbHash, writer.Value));
    /// <summary>What an institution or learner has asked of the ledger.</summary>
    public static StateKey Usage(Address actor) => Of(StateKind.Usage, actor);

    /// <summary>What the members allow an institution.</summary>
    public static StateKey Quota(Address institution) => Of(StateKind.Quota, institution);

    /// <summary>The upgrade that waits.</summary>
    public static StateKey RulesPlan { get; } = new StateKey([(byte)StateKind.RulesPlan]).Hashed();

    /// <summary>The versions of the rules that have been in force, after the first.</summary>
    public static InstanceSeries Rules { get; } = Series(StateKind.Rules);

    /// <summary>What the holder of a seat has announced.</summary>
    public static StateKey VersionAnnouncement(Address institution) => Of(StateKind.VersionAnnouncement, institution);

    /// <summary>The raw prefix of all keys of a kind below one address: for example a learner's LLPCs.</summary>
    public static byte[] Prefix(StateKind kind, Address first) => Join(kind, 0, first.Value);

    /// <summary>
    /// The raw prefix of all keys of a kind below an address and a second part: an address or a verb's hash.
    /// </summary>
    public static byte[] Prefix(StateKind kind, Address first, Hash256 second) => Join(kind, 0, first.Value, second);

    internal static StateKey Of(StateKind kind, Address first) => new(Join(kind, 0, first.Value));

    internal static StateKey Of(StateKind kind, Address first, Address second) =>
        new(Join(kind, 0, first.Value, second.Value));

    internal static InstanceSeries Series(StateKind kind, params ReadOnlySpan<Hash256> parts) =>
        new(new StateKey(Join(kind, sizeof(ulong), parts)));

    internal static byte[] Join(StateKind kind, int zeroBytes, params ReadOnlySpan<Hash256> parts)
    {
        byte[] raw = new byte[1 + (parts.Length * Hash256.Size) + zeroBytes];
        raw[0] = (byte)kind;
        for (int part = 0; part < parts.Length; part++)
        {
            parts[part].CopyTo(raw.AsSpan(1 + (part * Hash256.Size)));
        }

        return raw;
    }
}
