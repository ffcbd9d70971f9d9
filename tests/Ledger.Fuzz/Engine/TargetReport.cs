namespace Ledger.Fuzz;

/// <summary>What came of a target.</summary>
/// <param name="Name">The target's name.</param>
/// <param name="Inputs">How many it met.</param>
/// <param name="Accepted">How many of them it took.</param>
/// <param name="Seconds">How long all took, the making of the inputs included.</param>
/// <param name="SlowestMs">The longest time that one took, in ms.</param>
/// <param name="Findings">Where an oracle did not hold.</param>
internal sealed record TargetReport(
    string Name,
    long Inputs,
    long Accepted,
    double Seconds,
    double SlowestMs,
    IReadOnlyList<FuzzFinding> Findings)
{
    public double InputsPerSecond => Seconds > 0 ? Inputs / Seconds : 0;
}
