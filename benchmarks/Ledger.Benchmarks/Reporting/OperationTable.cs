namespace Ledger.Benchmarks.Reporting;

/// <summary>A table of operations that a command wrote with <c>--csv</c>. Its values hold no commas.</summary>
/// <param name="Path">The file.</param>
/// <param name="Head">Its first line.</param>
/// <param name="Rows">The others, split.</param>
public sealed record OperationTable(string Path, string Head, IReadOnlyList<string[]> Rows)
{
    /// <summary>More operations than a run has; each is kept in memory.</summary>
    private const int RowsMax = 5_000_000;

    /// <summary>The file's name without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Reads a table; throws <see cref="BenchmarkException"/> when it is none.</summary>
    public static OperationTable Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new BenchmarkException($"There is no file {path}. Write one with --csv of a command of bench.");
        }

        using IEnumerator<string> lines = File.ReadLines(path).GetEnumerator();
        string head = lines.MoveNext() ? lines.Current : throw new BenchmarkException($"{path} is empty.");
        int columns = head.Split(',').Length;
        List<string[]> rows = [];
        while (lines.MoveNext())
        {
            rows.Add(lines.Current.Split(','));
            if (rows[^1].Length != columns || rows.Count > RowsMax)
            {
                throw new BenchmarkException(
                    $"{path}, line {rows.Count + 1}: expected {columns} values, and at most {RowsMax} lines.");
            }
        }

        return new OperationTable(path, head, rows);
    }

    /// <summary>The place of a column.</summary>
    public int Column(string name) => Array.IndexOf(Head.Split(','), name);
}
