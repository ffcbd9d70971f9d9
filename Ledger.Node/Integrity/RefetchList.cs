using System.Globalization;
using System.Text;
using Ledger.Client.Keys;

namespace Ledger.Node.Integrity;

/// <summary>
/// Heights, in a file beside the data folder, whose blocks or bodies are to be fetched again, so that a restart does
/// not have to look for them.
/// </summary>
public static class RefetchList
{
    /// <summary>What the file's name adds to that of the data folder.</summary>
    public const string Suffix = ".refetch";

    /// <summary>The file of a data folder.</summary>
    public static string PathOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + Suffix;

    /// <summary>The heights, none where there is no file. A line that is no height is left out.</summary>
    public static IReadOnlyList<ulong> Read(string folder) => !File.Exists(PathOf(folder))
        ? []
        : [.. File.ReadAllLines(PathOf(folder))
            .Where(line => ulong.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(line => ulong.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Replaces the list; none removes the file.</summary>
    public static void Write(string folder, IReadOnlyCollection<ulong> heights)
    {
        if (heights.Count == 0)
        {
            File.Delete(PathOf(folder));
            return;
        }

        string text = string.Concat(heights.Select(height => height.ToString(CultureInfo.InvariantCulture) + "\n"));
        AtomicFile.Write(PathOf(folder), Encoding.ASCII.GetBytes(text), overwrite: true);
    }
}
