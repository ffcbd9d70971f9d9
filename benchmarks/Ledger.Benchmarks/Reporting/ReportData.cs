namespace Ledger.Benchmarks.Reporting;

/// <summary>The files beside a page: the table behind each figure.</summary>
public sealed class ReportData(string pageFile)
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> files = new(StringComparer.Ordinal);

    /// <summary>Their folder, beside the page.</summary>
    public string Folder { get; } = Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(pageFile))!, Path.GetFileNameWithoutExtension(pageFile) + "-data");

    /// <summary>Takes a table in; answers the link from the page. A second one of a name is numbered.</summary>
    public string Add(string name, IReadOnlyList<string> lines)
    {
        string file = name + ".csv";
        for (int number = 2; files.ContainsKey(file); number++)
        {
            file = FormattableString.Invariant($"{name}-{number}.csv");
        }

        files.Add(file, lines);
        return $"{Path.GetFileName(Folder)}/{file}";
    }

    /// <summary>Writes them.</summary>
    public void Write()
    {
        Directory.CreateDirectory(Folder);
        foreach ((string file, IReadOnlyList<string> lines) in files)
        {
            File.WriteAllLines(Path.Combine(Folder, file), lines);
        }
    }
}
