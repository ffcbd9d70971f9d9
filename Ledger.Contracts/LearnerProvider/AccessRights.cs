using System.Collections.Immutable;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.UserIndex;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// Who may do what with an LLPC. The one place that decides it, for contracts and boxes. Rule K-8 of the protocol.
/// </summary>
public static class AccessRights
{
    private const AccessBits FormerInstitution = AccessBits.Read | AccessBits.GrantRead | AccessBits.GrantWrite;

    /// <summary>The rights of <paramref name="who"/> at a time in ms since 1970-01-01 UTC.</summary>
    public static EffectiveRights Of(IStateView state, Address learner, string verb, Address who, long timeUnixMs) =>
        Of(state, new LlpcName(learner, verb), who, timeUnixMs);

    /// <summary>
    /// As above, for an LLPC whose name is at hand. Without such an LLPC nobody but its learner has a right.
    /// </summary>
    public static EffectiveRights Of(IStateView state, LlpcName llpc, Address who, long timeUnixMs) =>
        Of(state, llpc, who, timeUnixMs, static (_, granted) => granted);

    /// <summary>
    /// The rights that a box may act upon. A grant with limits that only the parties know, or one that was passed on
    /// under such a grant, gives no read: a box that cannot see the limits cannot keep them.
    /// </summary>
    public static EffectiveRights OfReader(IStateView state, LlpcName llpc, Address who, long timeUnixMs)
    {
        if (HasLostStanding(state, who))
        {
            return EffectiveRights.None;
        }

        LiveGrants all = state.LiveGrants(llpc);
        return Of(
            state,
            llpc,
            who,
            timeUnixMs,
            (grant, granted) => HasLimits(all, grant) ? granted & ~AccessBits.Read : granted);
    }

    /// <summary>
    /// Whether <paramref name="who"/> may read what <paramref name="writer"/> wrote without any grant: for the learner,
    /// or as the writer itself.
    /// </summary>
    public static bool ReadsWithoutGrant(
        IStateView state, LlpcName llpc, Address who, Address writer, long timeUnixMs) =>
        LearnerActors.MayActFor(state, llpc.Learner, who, timeUnixMs, LearnerAct.Read)
        || (who == writer && DefaultBits(state, llpc, who).HasFlag(AccessBits.Read));

    /// <summary>
    /// The grants by which <paramref name="who"/> may read, each with those above it. A box that is shown their limits
    /// may act upon them.
    /// </summary>
    public static IReadOnlyList<ReadGrant> ReadGrants(
        IStateView state, LlpcName llpc, Address who, long timeUnixMs)
    {
        if (HasLostStanding(state, who))
        {
            return [];
        }

        LiveGrants all = state.LiveGrants(llpc);
        return
        [
            .. LiveGrantsTo(state, llpc, who, timeUnixMs)
                .Where(live => BitsOf(state, llpc, live.Grant).HasFlag(AccessBits.Read))
                .Select(live => new ReadGrant(LineOf(all, live))),
        ];
    }

    /// <summary>
    /// Whether <paramref name="who"/> may insert records; as <see cref="Of(IStateView, LlpcName, Address, long)"/>.
    /// </summary>
    public static bool MayWrite(IStateView state, LlpcName llpc, Address who, long timeUnixMs) =>
        LearnerActors.MayActFor(state, llpc.Learner, who, timeUnixMs, LearnerAct.Write)
        || state.IsEnrolled(llpc.Learner, who)
        || MayWriteByGrant(state, llpc, who, timeUnixMs);

    /// <summary>
    /// The right that needs no grant, over the records that <paramref name="who"/> wrote: all bits with an open
    /// enrolment; without, all but write, for as long as its own entry in the learner's index is open.
    /// </summary>
    public static AccessBits DefaultBits(IStateView state, LlpcName llpc, Address who)
    {
        if (state.IsEnrolled(llpc.Learner, who))
        {
            return AccessBits.All;
        }

        return UserIndexBook.OpenEntry(state, llpc, who)?.Grant == 0 ? FormerInstitution : AccessBits.None;
    }

    /// <summary>
    /// What an open grant gives. One that an institution made by its default right gives write only while that
    /// institution may write itself.
    /// </summary>
    public static AccessBits BitsOf(IStateView state, LlpcName llpc, GrantInstance grant)
    {
        AccessBits bits = grant.Rights.ToBits();
        bool writes = (bits & (AccessBits.Write | AccessBits.GrantWrite)) != 0;
        return writes && grant.OwnRecordsOnly && !state.IsEnrolled(llpc.Learner, grant.Writer.ToAddress())
            ? bits & ~(AccessBits.Write | AccessBits.GrantWrite)
            : bits;
    }

    /// <summary>The live grants that let <paramref name="who"/> write.</summary>
    public static IEnumerable<GrantInstance> WriteGrants(
        IStateView state, LlpcName llpc, Address who, long timeUnixMs) =>
        LiveGrantsTo(state, llpc, who, timeUnixMs)
            .Select(static live => live.Grant)
            .Where(grant => BitsOf(state, llpc, grant).HasFlag(AccessBits.Write));

    /// <summary>Whether a grant that is open has not ended by time.</summary>
    public static bool IsInTime(GrantInstance grant, long timeUnixMs) =>
        grant.Interval.EndUnixMs == 0 || timeUnixMs < grant.Interval.EndUnixMs;

    private static bool MayWriteByGrant(IStateView state, LlpcName llpc, Address who, long timeUnixMs) =>
        WriteGrants(state, llpc, who, timeUnixMs).Any();

    private static EffectiveRights Of(
        IStateView state,
        LlpcName llpc,
        Address who,
        long timeUnixMs,
        Func<GrantInstance, AccessBits, AccessBits> narrow)
    {
        if (LearnerActors.MayActFor(state, llpc.Learner, who, timeUnixMs, LearnerAct.Read))
        {
            return OfLearner(state, llpc.Learner, who, timeUnixMs);
        }

        if (!state.TryGet(StateKeys.Llpc(llpc), out _))
        {
            return EffectiveRights.None;
        }

        AccessBits bits = DefaultBits(state, llpc, who);
        ImmutableSortedSet<Address> writers = bits.HasFlag(AccessBits.Read) ? [who] : [];
        bool all = false;
        foreach (LiveGrant live in LiveGrantsTo(state, llpc, who, timeUnixMs))
        {
            AccessBits granted = narrow(live.Grant, BitsOf(state, llpc, live.Grant));
            bits |= granted;
            bool reads = granted.HasFlag(AccessBits.Read);
            all |= reads && !live.Grant.OwnRecordsOnly;
            writers = reads && live.Grant.OwnRecordsOnly ? writers.Add(live.Grant.Writer.ToAddress()) : writers;
        }

        return new EffectiveRights(bits, all, writers);
    }

    // Who is suspended, has left or was closed keeps duties, and reads no more of others.
    private static bool HasLostStanding(IStateView state, Address who) =>
        state.HasDuties(who) && !state.IsMember(who);

    // Whoever acts for the learner reads everything; the rest is the learner's own to write, and by consent to grant.
    private static EffectiveRights OfLearner(IStateView state, Address learner, Address who, long timeUnixMs)
    {
        AccessBits bits = AccessBits.Read;
        bits |= LearnerActors.MayActFor(state, learner, who, timeUnixMs, LearnerAct.Write)
            ? AccessBits.Write
            : AccessBits.None;
        bits |= LearnerActors.MayActFor(state, learner, who, timeUnixMs, LearnerAct.Consent)
            ? AccessBits.GrantRead | AccessBits.GrantWrite
            : AccessBits.None;
        return new EffectiveRights(bits, true, []);
    }

    // A grant's parents are open for as long as it is: closing one closes all under it.
    private static bool HasLimits(LiveGrants all, GrantInstance grant) =>
        !grant.Limits.IsEmpty
        || (grant.Parent != 0 && HasLimits(all, all.Grants.First(live => live.Number == grant.Parent).Grant));

    private static List<LiveGrant> LineOf(LiveGrants all, LiveGrant grant)
    {
        List<LiveGrant> line = [grant];
        while (line[^1].Grant.Parent is > 0 and ulong parent)
        {
            line.Add(all.Grants.First(live => live.Number == parent));
        }

        return line;
    }

    private static IEnumerable<LiveGrant> LiveGrantsTo(IStateView state, LlpcName llpc, Address who, long timeUnixMs) =>
        state.LiveGrants(llpc).Grants.Where(live =>
            IsInTime(live.Grant, timeUnixMs) && live.Grant.Grantee.ToAddress() == who);
}
