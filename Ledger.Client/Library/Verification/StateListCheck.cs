using System.Buffers.Binary;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That keys of the state have their values, or are absent, at a block; what instances were at the height that was
/// asked for; and where a series is there from its counter to its last number, that these are all.
/// </summary>
internal static class StateListCheck
{
    /// <summary>A page of a node, and the counters that go with it.</summary>
    public const int KeysMax = 1_000;

    public static void Run(StateList list, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(list.Version, report)
            || ChainCheck.Run(trust, list.Membership, list.Block, report) is not { } header)
        {
            return;
        }

        if (list.Keys.Count is 0 or > KeysMax || list.Keys.Any(static key => key.Key.IsEmpty || key.Proof is null))
        {
            report.Fail(StepNames.Format, "The proof names no key, too many, or one without a path.");
            return;
        }

        BlockHeader? asOf = list.AsOf is null ? header : Earlier(list, header, trust, report);
        if (asOf is null || !CheckInclusion(list, header, report))
        {
            return;
        }

        report.States = [.. list.Keys.Select(one => ProvedState.Of(
            new StateKey(one.Key.Memory), one.Value, IsPresent(one), asOf))];
        report.AsOfHeight = asOf.Height;
        CheckSeries(report);
    }

    // The header of the earlier block is proved by the sets up to its own epoch.
    private static BlockHeader? Earlier(StateList list, BlockHeader header, TrustRoot trust, VerificationReport report)
    {
        if (!BlockHeader.TryDecode(list.AsOf.Header.Span, out BlockHeader? asOf) || asOf.Height > header.Height)
        {
            report.Fail(StepNames.Format, "The earlier block cannot be read, or is not an earlier one.");
            return null;
        }

        MembershipChain until = new() { Genesis = list.Membership.Genesis };
        until.Ends.AddRange(list.Membership.Ends.Take((int)Math.Min(asOf.Epoch, (ulong)list.Membership.Ends.Count)));
        (ulong? height, long? time) = (report.Height, report.BlockTimeUnixMs);
        BlockHeader? verified = ChainCheck.Run(trust, until, list.AsOf, report);
        (report.Height, report.BlockTimeUnixMs) = (height, time);
        return verified;
    }

    private static bool CheckInclusion(StateList list, BlockHeader header, VerificationReport report)
    {
        int holding = 0;
        foreach (ProvedKey one in list.Keys)
        {
            StateKey key = new(one.Key.Memory);
            holding += IsPresent(one)
                ? Count(StateProofs.VerifyPresence(header.StateRoot, key, one.Value.Span, one.Proof))
                : Count(one.Value.IsEmpty && StateProofs.VerifyAbsence(header.StateRoot, key, one.Proof));
        }

        return report.Check(
            holding == list.Keys.Count,
            StepNames.Inclusion,
            FormattableString.Invariant(
                $"{holding} keys have these values, or are absent, in the state after block {header.Height}."),
            FormattableString.Invariant(
                $"{list.Keys.Count - holding} keys are not shown to be so in the state after block {header.Height}."));
    }

    // A counter says how many instances there are; the numbers of an LLPC's grants are counted by the LLPC.
    private static void CheckSeries(VerificationReport report)
    {
        foreach (ProvedState one in report.States)
        {
            (byte[] Series, ulong Count)? counted = one.Value switch
            {
                Counter counter => (one.Key.Raw.Span[..^sizeof(ulong)].ToArray(), counter.Count),
                Llpc llpc => ([(byte)StateKind.Grant, .. one.Key.Raw.Span[1..]], llpc.Grants),
                _ => null,
            };
            if (counted is not { } series)
            {
                continue;
            }

            HashSet<ulong> numbers = [.. report.States
                .Where(other => other.IsPresent
                    && other.Key.Raw.Length == series.Series.Length + sizeof(ulong)
                    && other.Key.Raw.Span.StartsWith(series.Series))
                .Select(static other => BinaryPrimitives.ReadUInt64BigEndian(other.Key.Raw.Span[^sizeof(ulong)..]))];
            numbers.Remove(0);
            if (numbers.Count > 0 || series.Count == 0)
            {
                NoteSeries(report, one.Key, series.Count, numbers);
            }
        }
    }

    private static void NoteSeries(VerificationReport report, StateKey counter, ulong count, HashSet<ulong> numbers)
    {
        bool isWhole = (ulong)numbers.Count == count && numbers.All(number => number <= count);
        string kind = counter.Kind == StateKind.Llpc ? nameof(StateKind.Grant) : counter.Kind.ToString();
        if (isWhole)
        {
            report.Pass(
                StepNames.Completeness,
                FormattableString.Invariant($"These are all {count} instances of {kind} that there have ever been."));
        }
        else
        {
            report.Pass(
                StepNames.Completeness,
                FormattableString.Invariant($"{numbers.Count} of {count} instances of {kind} are in this proof."));
        }
    }

    private static bool IsPresent(ProvedKey one) =>
        one.Proof.FoundKeyHash.Span.SequenceEqual(new StateKey(one.Key.Memory).Hash.ToArray());

    private static int Count(bool holds) => holds ? 1 : 0;
}
