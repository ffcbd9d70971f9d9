using System.Diagnostics;
using System.Globalization;

namespace Ledger.Determinism;

/// <summary>Starts the two processes and compares what they print, block by block.</summary>
internal static class ParentRun
{
    public static bool Compare(RunArguments run)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using Process turkish = Start(run, "tr-TR");
        using Process english = Start(run, "en-US");
        string[] first = Read(turkish).Split(' ');
        string[] second = Read(english).Split(' ');
        if (first[0] != "İ" || second[0] != "I")
        {
            throw new InvalidOperationException("The languages are not in force: is libicu installed?");
        }

        bool seedsDiffer = first[1] != second[1];
        for (int block = 1; block <= run.Blocks; block++)
        {
            (string one, string other) = (Read(turkish), Read(english));
            if (one != other)
            {
                Console.WriteLine($"Block {block} differs:\n  tr-TR {one}\n  en-US {other}");
                turkish.Kill();
                english.Kill();
                return false;
            }
        }

        turkish.WaitForExit();
        english.WaitForExit();
        string seconds = watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        Console.WriteLine(
            $"{run.Blocks} blocks of seed {run.Seed}: equal state, receipt and transaction roots "
            + $"under tr-TR and en-US, hash seeds {(seedsDiffer ? "differ" : "are equal")}, {seconds} s");
        return seedsDiffer;
    }

    private static Process Start(RunArguments run, string culture)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        string[] arguments =
        [
            .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
                ? new[] { typeof(ParentRun).Assembly.Location }
                : [],
            "--blocks", run.Blocks.ToString(CultureInfo.InvariantCulture),
            "--seed", run.Seed.ToString(CultureInfo.InvariantCulture),
            "--culture", culture,
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static string Read(Process process) =>
        process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("One of the processes ended early; its message stands above.");
}
