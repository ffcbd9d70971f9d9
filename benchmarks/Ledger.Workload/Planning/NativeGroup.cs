namespace Ledger.Workload;

/// <summary>Operations that take effect together or not at all, in their order.</summary>
/// <param name="Operations">At least one operation of the plan.</param>
public sealed record NativeGroup(IReadOnlyList<PlannedOperation> Operations);
