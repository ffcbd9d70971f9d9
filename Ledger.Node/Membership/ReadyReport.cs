using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Membership;

/// <summary>What one validator of a new set answered, or why there is no answer.</summary>
/// <param name="Institution">Whose seat it is.</param>
/// <param name="IsConnected">Whether its node is connected to this one.</param>
/// <param name="Answer">Its answer, verified; null where none came in time.</param>
public sealed record ReadyReport(Address Institution, bool IsConnected, ReadyAnswer? Answer)
{
    /// <summary>Whether it signed that it is ready.</summary>
    public bool IsReady => Answer is { Refusal: ReadyRefusal.None };

    /// <summary>Why it is not ready, in words that follow its name; empty where it is.</summary>
    public string Why => Answer switch
    {
        null when !IsConnected => "is not connected to this node",
        null => "is connected and did not answer in time",
        { Refusal: ReadyRefusal.None } => string.Empty,
        { Refusal: ReadyRefusal.NotApproved } => "does not know the change as approved, or reckons another set",
        { Refusal: ReadyRefusal.NoSeat } => "would have no seat",
        { Refusal: ReadyRefusal.NoKey } => "does not hold the vote key of its new seat, or its node may not vote",
        { Refusal: ReadyRefusal.Stopped } => "has stopped voting: see its log",
        { Refusal: ReadyRefusal.Behind, Behind: var behind } => $"is {behind} blocks behind",
        _ => "refuses for a reason that this version does not know",
    };
}
