namespace Ledger.Benchmarks.Running;

/// <summary>The files that a run writes, where they were asked for.</summary>
/// <param name="Json">For the figures.</param>
/// <param name="Csv">For every operation.</param>
public sealed record RunFiles(string? Json, string? Csv)
{
    /// <summary>Requires that they can be written: a run may take an hour, and its figures must not be lost.</summary>
    /// <exception cref="BenchmarkException">One cannot be.</exception>
    public void Require()
    {
        foreach (string path in ((string?[])[Json, Csv]).OfType<string>())
        {
            string whole = Path.GetFullPath(path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
                using FileStream probe = new(whole, FileMode.Append, FileAccess.Write);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new BenchmarkException($"{path} cannot be written, so nothing is run: {problem.Message}");
            }
        }
    }
}
