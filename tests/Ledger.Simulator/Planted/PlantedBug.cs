using System.Collections.Immutable;
using System.Globalization;

namespace Ledger.Simulator.Planted;

/// <summary>
/// A known mistake of the field's implementations, kept as edits outside the product's code. A file of it reads: a line
/// that says what is wrong, <c>number N</c> and <c>kind K</c>, then for each edit <c>in FILE</c>, <c>replace</c>, the
/// old lines, <c>with</c>, the new lines, <c>end</c>.
/// </summary>
public sealed record PlantedBug(string Name, int Number, string Kind, string What, ImmutableArray<PlantedEdit> Edits)
{
    /// <summary>Reads a file; throws <see cref="FormatException"/> with its name and line where it is none.</summary>
    public static PlantedBug Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int at = 0;
        string what = Expect("# ");
        int number = int.Parse(Expect("number "), CultureInfo.InvariantCulture);
        string kind = Expect("kind ");
        ImmutableArray<PlantedEdit>.Builder edits = ImmutableArray.CreateBuilder<PlantedEdit>();
        while (at < lines.Length)
        {
            string file = Expect("in ");
            Expect("replace");
            string old = Until("with");
            edits.Add(new PlantedEdit(file, old, Until("end")));
        }

        return new PlantedBug(Path.GetFileNameWithoutExtension(path), number, kind, what, edits.ToImmutable());

        string Expect(string start) => at < lines.Length && lines[at].StartsWith(start, StringComparison.Ordinal)
            ? lines[at++][start.Length..]
            : throw new FormatException($"{path}, line {at + 1}: \"{start}\" is missing.");

        string Until(string end)
        {
            int first = at;
            while (at < lines.Length && lines[at] != end)
            {
                at++;
            }

            return at < lines.Length
                ? string.Join('\n', lines[first..at++])
                : throw new FormatException($"{path}: \"{end}\" is missing.");
        }
    }

    /// <summary>All bugs of a folder, in the order of their files' names.</summary>
    public static ImmutableArray<PlantedBug> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*.bug").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>
    /// Makes the edits in a copy of the sources. Throws <see cref="PlantedBugException"/> where a text does not stand
    /// there exactly once: the product has moved on, and the bug must be planted anew.
    /// </summary>
    public void Apply(string sources)
    {
        foreach (PlantedEdit edit in Edits)
        {
            string path = Path.Combine(sources, edit.File);
            string text = File.Exists(path)
                ? File.ReadAllText(path)
                : throw new PlantedBugException($"{Name}: {edit.File} does not exist.");
            int place = text.IndexOf(edit.Old, StringComparison.Ordinal);
            if (place < 0 || text.IndexOf(edit.Old, place + 1, StringComparison.Ordinal) >= 0)
            {
                throw new PlantedBugException(
                    $"{Name}: the text to replace does not stand in {edit.File} exactly once:\n{edit.Old}");
            }

            string patched = string.Concat(text.AsSpan(0, place), edit.New, text.AsSpan(place + edit.Old.Length));
            File.WriteAllText(path, patched);
        }
    }
}
