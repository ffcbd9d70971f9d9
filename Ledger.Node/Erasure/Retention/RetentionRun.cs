namespace Ledger.Node.Erasure.Retention;

/// <summary>What was listed when records were last looked through for those whose time is over.</summary>
/// <param name="At">When.</param>
/// <param name="Next">When they are looked through again; at once where more are due than one order names.</param>
/// <param name="Listed">How many records of each class, by its name, were listed to be erased.</param>
public sealed record RetentionRun(
    DateTimeOffset At, DateTimeOffset Next, IReadOnlyDictionary<string, ulong> Listed)
{
    /// <summary>Records of all classes.</summary>
    public ulong Records => Listed.Values.Aggregate(0UL, static (sum, one) => sum + one);
}
