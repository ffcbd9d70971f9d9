using System.Globalization;

namespace Ledger.Fuzz;

/// <summary>An input for which an oracle does not hold.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Index">The input's index.</param>
/// <param name="Hex">The input, cut off where it is long.</param>
/// <param name="Length">The input's length in bytes.</param>
/// <param name="Problem">What happened.</param>
internal sealed record FuzzFinding(string Target, ulong Seed, long Index, string Hex, int Length, string Problem)
{
    private const int HexBytesMax = 512;

    /// <summary>How many inputs showed the same.</summary>
    public long Times { get; init; } = 1;

    /// <summary>The command that gives the input again.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture, $"./ledger fuzz --target {Target} --seed {Seed} --from {Index} --inputs 1");

    public static FuzzFinding Of(string target, ulong seed, long index, byte[] input, string problem) => new(
        target,
        seed,
        index,
        Convert.ToHexStringLower(input.AsSpan(0, Math.Min(input.Length, HexBytesMax)))
            + (input.Length > HexBytesMax ? "…" : ""),
        input.Length,
        problem);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        FOUND in {Target}, seed {Seed}, index {Index}, {Length} bytes, {Times} times
          {Problem}
          input: {Hex}
          again: {Command}
        """);
}
