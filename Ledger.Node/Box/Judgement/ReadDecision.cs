using Ledger.Client.Boxes;

namespace Ledger.Node.Box;

/// <summary>A permit, or why there is none.</summary>
/// <param name="Permit">What the reader may have, or null.</param>
/// <param name="Refusal">Why it may have nothing, or null.</param>
public sealed record ReadDecision(ReadPermit? Permit, BoxRefusal? Refusal)
{
    /// <summary>The reader may have this.</summary>
    public static ReadDecision Allow(ReadPermit permit) => new(permit, null);

    /// <summary>The reader may have nothing.</summary>
    public static ReadDecision Refuse(BoxRefusal why) => new(null, why);
}
