using System.CommandLine;
using Ledger.Torture;

// Long runs of four real processes under faults. Each prints its figures, and writes them with --json FILE.
RootCommand root = new("Long runs of four real nodes under faults.")
{
    TortureCommand.Create(
        "leaders", "Kill the leader of the moment again and again; how long until the next leader has decided.",
        "--kills", 100, LeadersRun.RunAsync),
    TortureCommand.Create(
        "rejoin", "Kill a node, decide 100 blocks, start it; how long until it is at the head and votes.",
        "--rounds", 30, RejoinRun.RunAsync),
    TortureCommand.Create(
        "silence", "Kill f+1 nodes for as long as so many views at Tmax take, then start them.",
        "--views", 60, SilenceRun.RunAsync),
    TortureCommand.Create(
        "power", "Kill all nodes at once at random moments; nothing that was acknowledged may be lost.",
        "--rounds", 20, PowerRun.RunAsync),
    TortureCommand.Create(
        "records", "Kill a node whose record store is under load; nothing is lost, nothing anchored twice.",
        "--kills", 200, RecordsRun.RunAsync),
};
return await root.Parse(args).InvokeAsync();
