using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Benchmarks.Reporting;

/// <summary>The figures of one command, as it wrote them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">The command's word: load, replay, and so on.</param>
/// <param name="Figures">Its content.</param>
public sealed record ResultFile(string Path, string Kind, JsonObject Figures)
{
    /// <summary>A file is some megabytes at most; more is no result.</summary>
    private const long BytesMax = 256L * 1024 * 1024;

    private const string Bench = "bench";

    /// <summary>The file's name without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What a caption says of where figures come from: file, command, commit, seed and machine.</summary>
    public string Source
    {
        get
        {
            string seed = Figures.Text("seed") is { } drawn ? $"seed {drawn}, " : string.Empty;
            return $"{Name} ({Figures.Text("command")}; commit {Figures.Text("commit")}, {seed}"
                + $"{Figures.Text("machine", "cpu")} with {Figures.Text("machine", "cores")} cores)";
        }
    }

    /// <summary>Whether the run was interrupted.</summary>
    public bool IsPartial => Figures["partial"]?.GetValue<bool>() == true;

    /// <summary>Reads a file. Throws <see cref="BenchmarkException"/> when it holds no result.</summary>
    public static ResultFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new BenchmarkException($"There is no file {path}. Write one with --json of a command of bench.");
        }

        if (new FileInfo(path).Length > BytesMax)
        {
            throw new BenchmarkException($"{path} is larger than {BytesMax / (1024 * 1024)} MiB: that is no result.");
        }

        try
        {
            JsonObject figures = JsonNode.Parse(File.ReadAllBytes(path))?.AsObject()
                ?? throw new BenchmarkException($"{path} holds nothing.");
            string command = figures["command"]?.GetValue<string>()
                ?? throw new BenchmarkException(
                    $"{path} does not name the command that wrote it. Give files that --json has written.");
            string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int place = Array.IndexOf(words, Bench);
            return place >= 0 && place + 1 < words.Length
                ? new ResultFile(path, words[place + 1], figures)
                : throw new BenchmarkException($"{path} was written by no command of bench: {command}");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new BenchmarkException($"{path} is not a result of ledger bench: {problem.Message}");
        }
    }
}
