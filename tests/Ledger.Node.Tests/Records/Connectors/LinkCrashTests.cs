using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>
/// Wherever this node ends or the other store breaks a request off, nothing is lost and nothing is doubled.
/// </summary>
public sealed class LinkCrashTests
{
    private const int First = 130;
    private const int Later = 20;

    [Test]
    public async Task StatementsArePulledOnceWhereverTheNodeEndsAsync()
    {
        int step = 1;
        for (bool ended = true; ended; step++)
        {
            FakeLrs lrs = new();
            lrs.Add(Range(1, 50));
            lrs.Add(Range(51, First - 50));
            await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
            using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
            ended = await rig.RunAsync(step);
            await rig.RunAsync();
            lrs.Add(Range(First + 1, Later));
            await rig.RunAsync();
            Assert.That(rig.Ids(RecordType.XapiStatement), Is.EqualTo(lrs.Ids), $"the node ended at step {step}");
        }

        Assert.That(step, Is.GreaterThan(8), "there are steps before and after each write");
    }

    [TestCase(Fault.BreakBefore)]
    [TestCase(Fault.BreakAfter)]
    [TestCase(Fault.Busy)]
    public async Task StatementsArePulledOnceWhateverRequestBreaksAsync(Fault fault)
    {
        for (int broken = 1; broken <= 4; broken++)
        {
            FakeLrs lrs = new();
            lrs.Add(Range(1, First));
            await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
            server.FaultOf = number => number >= broken && number < broken + 3 ? fault : Fault.None;
            using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
            await RunUntilDoneAsync(rig);
            Assert.That(rig.Ids(RecordType.XapiStatement), Is.EqualTo(lrs.Ids), $"request {broken} broke");
        }
    }

    [Test]
    public async Task StatementsAreHandedOnInOrderWhereverTheNodeEndsAsync()
    {
        int step = 1;
        for (bool ended = true; ended; step++)
        {
            FakeLrs lrs = new();
            await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
            using LinkRig rig = new(LinkKind.ForwardXapi, server.Address + "/xapi");
            Fill(rig, 1, First);
            ended = await rig.RunAsync(step);
            Fill(rig, First + 1, Later);
            await rig.RunAsync();
            Assert.That(lrs.Ids, Is.EqualTo(rig.Ids(RecordType.XapiStatement)), $"the node ended at step {step}");
        }

        Assert.That(step, Is.GreaterThan(5), "there are steps before and after each write");
    }

    [TestCase(Fault.BreakBefore, false)]
    [TestCase(Fault.BreakAfter, false)]
    [TestCase(Fault.BreakAfter, true)]
    [TestCase(Fault.Busy, false)]
    public async Task StatementsAreHandedOnInOrderWhateverRequestBreaksAsync(Fault fault, bool callsItAConflict)
    {
        for (int broken = 1; broken <= 3; broken++)
        {
            FakeLrs lrs = new() { CallsKnownOnesAConflict = callsItAConflict };
            await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
            server.FaultOf = number => number >= broken && number < broken + 3 ? fault : Fault.None;
            using LinkRig rig = new(LinkKind.ForwardXapi, server.Address + "/xapi");
            Fill(rig, 1, First);
            await RunUntilDoneAsync(rig);
            Assert.That(lrs.Ids, Is.EqualTo(rig.Ids(RecordType.XapiStatement)), $"request {broken} broke");
            Assert.That(rig.Progress.Refused, Is.Zero);
        }
    }

    [Test]
    public async Task EventsOfOpenLrwAreTakenOnceWhereverTheNodeEndsAsync()
    {
        int step = 1;
        for (bool ended = true; ended; step++)
        {
            FakeOpenLrw lrw = new();
            lrw.Add(Enumerable.Range(1, First).Select(FakeOpenLrw.Event));
            await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
            using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
            ended = await rig.RunAsync(step);
            await rig.RunAsync();
            lrw.Add(Enumerable.Range(First + 1, Later).Select(FakeOpenLrw.Event));
            await rig.RunAsync();
            Assert.That(rig.Ids(RecordType.CaliperEvent), Has.Count.EqualTo(First + Later).And.Unique, $"step {step}");
        }

        Assert.That(step, Is.GreaterThan(8), "there are steps before and after each write");
    }

    private static async Task RunUntilDoneAsync(LinkRig rig)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                await rig.RunAsync();
                return;
            }
            catch (LinkException) when (tries < 5)
            {
                // The next round begins where the last one stood.
            }
        }
    }

    private static IEnumerable<JsonObject> Range(int first, int count) =>
        Enumerable.Range(first, count).Select(number => Statements.Statement(number));

    private static void Fill(LinkRig rig, int first, int count) => rig.Store.AddAll(
        [.. Enumerable.Range(first, count).Select(number => Statements.Intake(number))], "moodle");
}
