using System.Globalization;
using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Says in words what the calls about guardians, merges, recoveries, claims and opting out ask for.</summary>
internal static class LearnerText
{
    public static string Describe(GuardianAppoint call) =>
        $"make {Name(call.Guardian)} the guardian of {Name(call.Learner)} until {Time(call.UntilUnixMs)}, "
        + $"attested by {Name(call.Institution)}";

    public static string Describe(GuardianEnd call) =>
        $"end the guardianship of {Name(call.Learner)}"
        + (call.Institution.IsEmpty ? "" : $", attested by {Name(call.Institution)}");

    public static string Describe(LearnerMerge call) =>
        $"merge {Name(call.Absorbed)} into the signer's address and close its key for ever";

    public static string Describe(RecoveryPlanSet call) => call.Parties.Count == 0
        ? $"let nobody recover the key of {Name(call.Learner)}"
        : $"let {call.Threshold} of {string.Join(", ", call.Parties.Select(Name))} recover the key of "
            + $"{Name(call.Learner)} after {TimeSpan.FromMilliseconds(call.DelayMs).TotalDays:0.#} days";

    public static string Describe(RecoveryPropose call) =>
        $"ask for the new key {Name(call.NewKey)} of {Name(call.Learner)}";

    public static string Describe(RecoveryApprove call) =>
        $"approve recovery {call.Recovery} of the key of {Name(call.Learner)}";

    public static string Describe(RecoveryCancel call) =>
        $"cancel recovery {call.Recovery} of the key of {Name(call.Learner)}";

    public static string Describe(RecoveryComplete call) =>
        $"complete recovery {call.Recovery} of the key of {Name(call.Learner)}";

    public static string Describe(ClaimAnnounce call) =>
        $"announce {call.Claims.Count} learners by one-time codes that end {Time(call.EndUnixMs)}";

    public static string Describe(ClaimRevoke call) => $"take back claims {call.First} to {call.Last}";

    public static string Describe(LearnerClaim call) =>
        $"enrol learner {Name(call.Learner)} at {Name(call.Institution)} by a one-time code";

    public static string Describe(OptOut call) => call.Level switch
    {
        OptOutLevel.None => $"let institutions store and anchor records of {Name(call.Learner)}",
        OptOutLevel.NoAnchor => $"let nobody anchor records of {Name(call.Learner)}",
        OptOutLevel.NoStore => $"let nobody store or anchor records of {Name(call.Learner)}",
        OptOutLevel.Unspecified => "nothing that this program knows",
        _ => "nothing that this program knows",
    };

    private static string Time(long unixMs) =>
        unixMs <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && unixMs >= 0
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("u", CultureInfo.InvariantCulture)
            : "at no time that this program can name";

    private static string Name(ByteString address) =>
        Address.TryRead(address.Span, out Address read) ? read.ToString() : "(no address)";
}
