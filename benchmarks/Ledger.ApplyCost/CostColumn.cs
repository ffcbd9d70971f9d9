using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Ledger.ApplyCost;

/// <summary>
/// A figure of <see cref="ApplyBenchmark"/> an operation, over the blocks after the warm-up. The framework's own
/// columns are times on the clock of whole blocks.
/// </summary>
internal sealed class CostColumn(string name, string legend, Func<ApplyCost[], double> figure, int blocks) : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        string records = benchmarkCase.Parameters[nameof(ApplyBenchmark.Records)].ToString()!;
        string shape = benchmarkCase.Parameters[nameof(ApplyBenchmark.Shape)].ToString()!;
        ApplyCost[] costs = [.. ApplyBenchmark.CostsOf(records, shape).TakeLast(blocks)];
        return figure(costs).ToString("F2", CultureInfo.InvariantCulture);
    }
}
