using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;
using Ledger.Client.Records;
using Ledger.Workload;
using Spectre.Console;

namespace Ledger.Benchmarks.Logs;

/// <summary>A researcher's log, ready to be replayed.</summary>
public sealed class ReplayLog
{
    private readonly string file;
    private readonly string sha256;
    private readonly LogReading reading;
    private readonly LogCast cast;

    private ReplayLog(string file, string sha256, LogReading reading)
    {
        this.file = file;
        this.sha256 = sha256;
        this.reading = reading;
        cast = new LogCast(reading.Records);
        Work = new ReplayWork(
            new LogPlan(reading.Records, cast).Operations,
            [.. reading.Records.Select(record => new StoreRecord(
                cast.NodeOfLearner(cast.LearnerOf(record)), record.Type == RecordType.XapiStatement, record.Json))],
            cast.LearnerCount,
            cast.NodeOfLearner,
            PlanTurn.First);
    }

    /// <summary>What is replayed of it.</summary>
    public ReplayWork Work { get; }

    /// <summary>
    /// Reads a log and says what it holds and which lines are refused. Throws <see cref="BenchmarkException"/> when
    /// there is nothing to replay.
    /// </summary>
    public static ReplayLog Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new BenchmarkException($"There is no file {file}. Name a log of JSON lines with --input.");
        }

        using FileStream stream = File.OpenRead(file);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        LogReading reading = LogReader.Read(stream, TimeProvider.System.GetUtcNow());
        Tell(reading);
        return reading.Records.Count == 0
            ? throw new BenchmarkException(
                $"{file} has no line that can be replayed. A line is an xAPI statement or a Caliper event as JSON.")
            : new ReplayLog(file, sha256, reading).TellCast();
    }

    /// <summary>Adds what the log held to the figures.</summary>
    public void AddTo(JsonObject document)
    {
        document.Remove("seed");
        document["input"] = Path.GetFileName(file);
        document["input_sha256"] = sha256;
        document["lines"] = reading.Lines;
        document["blank_lines"] = reading.BlankLines;
        document["refused"] = reading.Refused.Count;
        document["refused_lines"] = ResultJson.Node(reading.Refused.Take(LogLimits.RefusedListedMax));
        document["institution_rule"] = "host of the actor's identifier, dealt out to the nodes in turn";
        document["institutions"] = ResultJson.Node(cast.Institutions);
    }

    private static void Tell(LogReading reading)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reading.Lines:N0} lines: {reading.Records.Count:N0} records to replay, "
            + $"{reading.Refused.Count:N0} refused, {reading.BlankLines:N0} blank."));
        foreach (RefusedLine line in reading.Refused.Take(LogLimits.RefusedShownMax))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  line {line.Line}: {line.Reason}"));
        }

        if (reading.Refused.Count > LogLimits.RefusedShownMax)
        {
            Console.WriteLine("  The others are in the file that --json names.");
        }
    }

    private ReplayLog TellCast()
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("institution (host)", "node", "learners", "records");
        foreach (LogInstitution institution in cast.Institutions)
        {
            table.AddRow(
                Markup.Escape(institution.Host),
                Schools.Founding[institution.Node].Key,
                institution.Learners.ToString("N0", CultureInfo.InvariantCulture),
                institution.Records.ToString("N0", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
        return this;
    }
}
