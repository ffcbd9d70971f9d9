namespace Ledger.BitFlips;

/// <summary>Counts outcomes by kind of file, and keeps the failures.</summary>
public sealed class FlipTotals
{
    private readonly SortedDictionary<string, long[]> counts = new(StringComparer.Ordinal);
    private readonly List<Flip> silent = [];

    /// <summary>Flips that nothing noticed.</summary>
    public int Silent => silent.Count;

    /// <summary>Counts a flip.</summary>
    public void Add(Flip flip)
    {
        if (!counts.TryGetValue(flip.Kind, out long[]? row))
        {
            row = new long[Enum.GetValues<FlipOutcome>().Length];
            counts[flip.Kind] = row;
        }

        row[(int)flip.Outcome]++;
        if (flip.Outcome == FlipOutcome.Silent)
        {
            silent.Add(flip);
        }
    }

    /// <summary>Writes the table.</summary>
    public void Print(FlipRun run, int seed, TimeSpan elapsed)
    {
        Console.WriteLine($"A store of {run.Height} blocks; seed {seed}; {elapsed.TotalSeconds:F0} s.");
        Console.WriteLine(
            $"{"files",-14} {"bytes",10} {"flips",7} {"refused",8} {"found",7} {"harmless",9} {"silent",7}");
        foreach ((string kind, long[] row) in counts)
        {
            Console.WriteLine(
                $"{kind,-14} {run.Bytes[kind],10} {row.Sum(),7} {row[0],8} {row[1],7} {row[2],9} {row[3],7}");
        }

        foreach (Flip flip in silent)
        {
            Console.WriteLine($"SILENT: {flip.File} offset {flip.Offset} mask {flip.Mask:x2}: {flip.What}");
        }
    }

    /// <summary>The same for a file.</summary>
    public object ToJson(FlipRun run, int seed, TimeSpan elapsed) => new
    {
        blocks = run.Height,
        seed,
        seconds = Math.Round(elapsed.TotalSeconds),
        flips = counts.Values.Sum(row => row.Sum()),
        silent = silent.Count,
        kinds = counts.Select(entry => new
        {
            kind = entry.Key,
            bytes = run.Bytes[entry.Key],
            refused = entry.Value[0],
            found = entry.Value[1],
            harmless = entry.Value[2],
            silent = entry.Value[3],
        }),
        failures = silent,
    };
}
