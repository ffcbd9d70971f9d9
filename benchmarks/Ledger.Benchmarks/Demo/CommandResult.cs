using System.Text.Json;

namespace Ledger.Benchmarks.Demo;

/// <summary>What a command answered.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Answer">The JSON that it wrote.</param>
public sealed record CommandResult(int ExitCode, JsonElement Answer)
{
    /// <summary>A text of the answer, or an empty one.</summary>
    public string Text(string name) =>
        Answer.TryGetProperty(name, out JsonElement value) ? value.ToString() : string.Empty;

    /// <summary>Everything that was said, for searching.</summary>
    public string All => Answer.ToString();
}
