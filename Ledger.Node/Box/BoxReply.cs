using Ledger.Client.Boxes;
using Ledger.Client.Protos;

namespace Ledger.Node.Box;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Answer">The signed answer, or null.</param>
/// <param name="Refusal">Why there is none, or null.</param>
public sealed record BoxReply(BoxAnswer? Answer, BoxRefusal? Refusal)
{
    /// <summary>No answer.</summary>
    public static BoxReply Refuse(BoxRefusal why) => new(null, why);
}
