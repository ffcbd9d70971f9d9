namespace Ledger.Parts;

/// <summary>What one part costs.</summary>
/// <param name="Part">The benchmark.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Parameters">With which parameters; empty where there are none.</param>
/// <param name="MeanUs">Mean, in microseconds.</param>
/// <param name="MedianUs">Median, in microseconds.</param>
/// <param name="ErrorUs">Half of the 99.9 % confidence interval of the mean, in microseconds.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
internal sealed record PartFigures(
    string Part,
    string Operation,
    string Parameters,
    double MeanUs,
    double MedianUs,
    double ErrorUs,
    double AllocatedBytes);
