using System.Globalization;

namespace Ledger.Determinism;

/// <summary>What is to be run.</summary>
internal sealed record RunArguments(int Blocks, ulong Seed, string? Culture)
{
    /// <summary>What `./ledger determinism` runs without a number.</summary>
    private const int BlocksByDefault = 10_000;

    /// <summary>Reads the command line.</summary>
    public static RunArguments Parse(string[] arguments)
    {
        RunArguments parsed = new(BlocksByDefault, 1, null);
        for (int place = 0; place < arguments.Length; place += 2)
        {
            string value = place + 1 < arguments.Length
                ? arguments[place + 1]
                : throw new ArgumentException($"{arguments[place]} needs a value.");
            parsed = arguments[place] switch
            {
                "--blocks" => parsed with { Blocks = Number(value) },
                "--seed" => parsed with { Seed = (ulong)Number(value) },
                "--culture" => parsed with { Culture = value },
                _ => throw new ArgumentException(
                    "usage: ledger-determinism [--blocks N] [--seed S]\n"
                    + "Runs the same blocks under tr-TR and en-US, in two processes, and compares every root."),
            };
        }

        return parsed;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"{text} is not a number above 0.");
}
