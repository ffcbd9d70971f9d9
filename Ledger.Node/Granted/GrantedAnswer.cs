namespace Ledger.Node.Granted;

/// <summary>Verified records of all boxes, or why there are none: a part of them would be taken for all.</summary>
/// <param name="Records">In no order.</param>
/// <param name="Refusal">Why there are none, or null.</param>
public sealed record GrantedAnswer(IReadOnlyList<GrantedRecord> Records, GrantedRefusal? Refusal)
{
    /// <summary>No answer.</summary>
    public static GrantedAnswer Refuse(GrantedRefusal why) => new([], why);
}
