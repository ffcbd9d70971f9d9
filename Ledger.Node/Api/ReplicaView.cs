using Ledger.Consensus;

namespace Ledger.Node.Api;

/// <summary>Where agreement stands, for people; a moment old.</summary>
/// <param name="View">The view.</param>
/// <param name="IsChanging">Whether a view change is under way.</param>
/// <param name="Standing">Whether this node votes, and if not, why.</param>
/// <param name="KnownHeight">The height that at least one honest validator has, as far as is known here.</param>
public sealed record ReplicaView(ulong View, bool IsChanging, Standing Standing, ulong KnownHeight)
{
    /// <summary>What a kernel says of itself; call it on the kernel's thread.</summary>
    public static ReplicaView Of(ReplicaKernel kernel) =>
        new(kernel.View, kernel.IsChangingView, kernel.Standing, kernel.Height + kernel.BehindBy);
}
