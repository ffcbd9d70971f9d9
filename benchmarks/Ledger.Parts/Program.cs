using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Ledger.Parts;
using Ledger.Parts.State;
using Perfolizer.Horology;

// ledger-parts: what the parts of a node cost, each alone.
const int warmUps = 3;
const int iterations = 10;
const int iterationMs = 250;
Option<string[]> filter = new("--filter")
{
    Description = "Patterns of names, such as *Verify* or *Store*.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["*"],
};
Option<string?> json = new("--json") { Description = "Write the figures to this file." };
Option<string> artifacts = new("--artifacts")
{
    Description = "Folder for the tables of the framework.",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "ledger-parts"),
};
RootCommand root = new("What the parts of a node cost, each alone, with the bytes that they allocate.")
{
    filter, json, artifacts, StateCommand.Create(),
};
root.SetAction(result =>
{
    Job job = Job.Default
        .WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(10), logOutput: false))
        .WithWarmupCount(warmUps)
        .WithIterationCount(iterations)
        .WithIterationTime(TimeInterval.FromMilliseconds(iterationMs));
    IConfig config = DefaultConfig.Instance
        .AddJob(job)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddFilter(new GlobFilter(result.GetRequiredValue(filter)))
        .WithArtifactsPath(result.GetRequiredValue(artifacts))
        .WithOptions(ConfigOptions.DisableLogFile);
    List<Summary> summaries = [];

    // One class after the other, with the file written after each: an interrupted run keeps what it has.
    foreach (BenchmarkRunInfo run in typeof(PartsProgram).Assembly.GetExportedTypes()
        .Select(type => BenchmarkConverter.TypeToBenchmarks(type, config))
        .Where(run => run.BenchmarksCases.Length > 0))
    {
        summaries.Add(BenchmarkRunner.Run(run));
        if (result.GetValue(json) is { } file)
        {
            PartsFile.Write(file, summaries);
        }
    }

    if (!summaries.SelectMany(summary => summary.Reports).Any(report => report.ResultStatistics is not null))
    {
        Console.Error.WriteLine("ledger-parts: no benchmark has such a name, or none came to its end.");
        return 2;
    }

    return 0;
});
return root.Parse(args).Invoke();
