using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Reporting;

/// <summary>What a report is made of: figures of commands, and tables of operations.</summary>
public sealed class ResultFiles
{
    private ResultFiles(IReadOnlyList<ResultFile> results, IReadOnlyList<OperationTable> tables)
    {
        Results = results;
        Tables = tables;
    }

    /// <summary>The figures, in the order given.</summary>
    public IReadOnlyList<ResultFile> Results { get; }

    /// <summary>The tables of operations, in the order given.</summary>
    public IReadOnlyList<OperationTable> Tables { get; }

    /// <summary>Reads files: JSON as figures, CSV as tables. Throws <see cref="BenchmarkException"/>.</summary>
    public static ResultFiles Read(IReadOnlyList<string> paths)
    {
        ILookup<bool, string> byKind = paths.ToLookup(
            path => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));
        return new ResultFiles(
            [.. byKind[false].Select(ResultFile.Read)], [.. byKind[true].Select(OperationTable.Read)]);
    }

    /// <summary>The figures of a command.</summary>
    public IEnumerable<ResultFile> Of(string kind) => Results.Where(result => result.Kind == kind);

    /// <summary>
    /// What a caption says of where a table comes from: the run that names it as its own, where its figures are given.
    /// </summary>
    public string SourceOf(OperationTable table)
    {
        ResultFile? run = Results.FirstOrDefault(result => result.Figures.Text("command")?.Split(' ')
            .Any(word => Path.GetFileName(word) == table.Name) == true);
        return run is null ? table.Name : $"{table.Name}, {run.Source}";
    }

    /// <summary>Tables of a replay.</summary>
    public IEnumerable<OperationTable> OfReplays => Tables.Where(table => table.Head == OperationsCsv.Head);

    /// <summary>Tables of a load.</summary>
    public IEnumerable<OperationTable> OfLoads => Tables.Where(table => table.Head == OperationCsv.Header);
}
