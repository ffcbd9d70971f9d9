using Google.Protobuf;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Output;

/// <summary>
/// Rows of a table of values of the state: from when to when each held, what it is at a height, and why it ended.
/// </summary>
internal static class StateRows
{
    public static string[] Columns { get; } =
        ["key", "number", "from height", "to height", "ends", "then", "ended", "value"];

    /// <summary>A value, judged for a height and its block's time.</summary>
    public static object?[] Of(StateKey key, IMessage value, ulong height, long timeUnixMs)
    {
        Interval? interval = ProvedState.IntervalOf(value);
        return Of(key, value, interval is null ? null : InstanceValidity.At(interval, height, timeUnixMs));
    }

    /// <summary>A value that was judged already; null where it is no instance.</summary>
    public static object?[] Of(StateKey key, IMessage value, Validity? validity)
    {
        Interval? interval = ProvedState.IntervalOf(value);
        return
        [
            StateParts.Rest(key),
            StateParts.NumberOf(key),
            interval?.FromHeight,
            interval is { ToHeight: > 0 } ? interval.ToHeight : null,
            interval is { EndUnixMs: > 0 } ? Times.Show(interval.EndUnixMs) : null,
            validity is { } judged ? Word(judged) : null,
            ProvedState.EndingOf(value) is { } ending ? Describe(ending) : null,
            StateText.Describe(value),
        ];
    }

    /// <summary>Reason, time and by whom.</summary>
    private static string Describe(Ending ending)
    {
        string by = Parties.Show(ending.Actor) is { } actor ? $" by {actor}" : string.Empty;
        string with = ending.WithGrant == 0
            ? string.Empty
            : FormattableString.Invariant($", with grant {ending.WithGrant}");
        return $"{Word(ending.Cause)} {Times.Show(ending.TimeUnixMs)}{by}{with}";
    }

    private static string Word(EndCause cause) => cause switch
    {
        EndCause.Revoked => "revoked",
        EndCause.Renounced => "renounced",
        EndCause.Expired => "expired",
        EndCause.Unspecified => "ended",
        _ => "ended",
    };

    private static string Word(Validity validity) => validity switch
    {
        Validity.NotYet => "not yet",
        Validity.Valid => "valid",
        Validity.Ended => "ended",
        _ => "ended",
    };
}
