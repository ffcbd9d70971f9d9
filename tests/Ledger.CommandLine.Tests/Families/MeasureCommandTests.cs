using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>What members decide by vote: standing, quotas, upgrades, verbs and policies.</summary>
public sealed class MeasureCommandTests
{
    private CommandBench bench = null!;

    private FakeLedger Ledger => bench.Ledger;

    private FakeNode Node => bench.Node;

    private ByteString School1 => Ledger.Keys[1].Address.ToField();

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        bench.AddProfile("east", Ledger.Keys[2]);
        bench.AddProfile("west", Ledger.Keys[3]);
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task Three_of_four_suspend_a_school_by_the_same_command_and_it_comes_back()
    {
        string proposed = await bench.DoneAsync("north", "institution", "suspend", "school1.example");
        Assert.That(Node.Last.MeasurePropose.Measure.Suspend.Institution, Is.EqualTo(School1));
        Assert.That(proposed, Does.Contain("ledger measure vote 1 approve"));

        await bench.DoneAsync("east", "institution", "suspend", "school1.example");
        Assert.That(Node.Last.MeasureVote, Is.EqualTo(new MeasureVote { Measure = 1, Approve = true }));
        string decided = await bench.DoneAsync("west", "institution", "suspend", Ledger.Keys[1].Address.ToString());
        Assert.That(decided, Does.Contain("the measure is in force"));
        Assert.That(StatusOf(1), Is.EqualTo(InstitutionStatus.Suspended));

        await bench.DoneAsync("north", "institution", "reinstate", "school1.example");
        await bench.DoneAsync("east", "measure", "vote", "2", "approve");
        Assert.That(StatusOf(1), Is.EqualTo(InstitutionStatus.Member), "two of three that vote");
        await bench.RefusedAsync("NOT_SUSPENDED", "north", "institution", "reinstate", "school1.example");
    }

    [Test]
    public async Task Closing_warns_where_nobody_would_keep_the_records_and_leaving_is_asked_for_twice()
    {
        JsonElement closing = await bench.JsonAsync("north", "institution", "close", "school1.example");

        Assert.That(closing.GetProperty("notes").ToString(), Does.Contain("Nobody has agreed to keep the records"));
        Assert.That(Node.Last.MeasurePropose.Measure.Close.Institution, Is.EqualTo(School1));
        Assert.That((await bench.RunAsync("north", "institution", "leave")).Code, Is.EqualTo(2));
        await bench.RefusedAsync("HOLDS_SEAT", "north", "institution", "leave", "--yes");
        Assert.That(Node.Last.CallCase, Is.EqualTo(Operation.CallOneofCase.MembershipLeave));
    }

    [Test]
    public async Task A_quota_is_proposed_listed_shown_and_decided()
    {
        await bench.DoneAsync("north", "measure", "quota", "school1.example", "5000");
        Assert.That(
            Node.Last.MeasurePropose.Measure.Quota,
            Is.EqualTo(new SetQuota { Institution = School1, DayWorkUnits = 5000 }));
        Assert.That(
            await bench.DoneAsync("east", "measure", "list", "--open"), Does.Contain("5000 work units a day"));
        JsonElement shown = await bench.JsonAsync("east", "measure", "show", "1");
        Assert.That(shown.GetProperty("votes").GetArrayLength(), Is.EqualTo(1));
        Assert.That(shown.GetProperty("state").GetString(), Is.EqualTo("open"));

        await bench.DoneAsync("east", "measure", "quota", "school1.example", "5000");
        await bench.DoneAsync("west", "measure", "quota", "school1.example", "5000");
        Assert.That(((IStateView)Ledger.State).Find(StateKeys.Quota(Ledger.Keys[1].Address), Quota.Parser)
            ?.DayWorkUnits, Is.EqualTo(5000));
        await bench.RefusedAsync("NO_OPEN_BALLOT", "east", "measure", "vote", "1", "reject");
        Assert.That((await bench.RunAsync("east", "measure", "show", "9")).Code, Is.EqualTo(1));
    }

    [Test]
    public async Task An_upgrade_is_proposed_and_announced_only_as_far_as_the_nodes_program_goes()
    {
        Assert.That(
            await bench.DoneAsync("north", "measure", "upgrade", "2", "--height", "50000"),
            Does.Contain("rules known in ledger node status"));
        Assert.That(
            Node.Last.MeasurePropose.Measure.Upgrade, Is.EqualTo(new UpgradeRules { Version = 2, Height = 50000 }));
        await bench.RefusedAsync("VERSION_NOT_NEWER", "north", "measure", "upgrade", "1", "--height", "50000");

        int sent = Node.Submitted.Count;
        CommandRun early = await bench.RunAsync("north", "member", "announce-version", "2");
        Assert.That(early.Code, Is.EqualTo(1));
        Assert.That(early.Error, Does.Contain("up to version 1"));
        Assert.That(Node.Submitted, Has.Count.EqualTo(sent), "nothing is said that is not so");

        Node.RulesKnown = 2;
        JsonElement announced = await bench.JsonAsync("north", "member", "announce-version");
        Assert.That(announced.GetProperty("version").GetUInt32(), Is.EqualTo(2));
        Assert.That(Node.Last.AnnounceVersion.Version, Is.EqualTo(2));
        await bench.RefusedAsync("VERSION_NOT_NEWER", "north", "member", "announce-version");
        CommandRun other = await bench.RunAsync("east", "member", "announce-version");
        Assert.That(other.Code, Is.EqualTo(2), "another school's node says nothing of one's own");
    }

    [Test]
    public async Task Verbs_are_proposed_with_the_number_by_which_the_others_vote()
    {
        JsonElement added = await bench.JsonAsync(
            "north", "verb", "add", "2000", "Highlighted", "https://reader.example/verb/highlighted", "--vocabulary",
            "reader");
        Assert.That(added.GetProperty("measure").GetUInt64(), Is.EqualTo(1));
        Assert.That(Node.Last.MeasurePropose.Measure.Verbs.Add.Single().Code, Is.EqualTo(2000));

        await bench.DoneAsync("east", "verb", "join", "0x34", "0x48a");
        Assert.That(Node.Last.MeasurePropose.Measure.Verbs.Join, Has.Count.EqualTo(1));
        await bench.RefusedAsync("NO_EQUIVALENCE", "east", "verb", "withdraw", "0x34", "0x48a");
        string text = await bench.DoneAsync("west", "measure", "vote", "1", "reject");
        Assert.That(text, Does.Contain("ballot"));
        Assert.That(Node.Last.MeasureVote, Is.EqualTo(new MeasureVote { Measure = 1 }));
    }

    [Test]
    public async Task A_policy_is_proposed_decided_listed_shown_and_retired()
    {
        string template = bench.Write(
            "advice.json",
            """
            {"texts":[{"language":"en","title":"Advice","text":"Teachers read."}],"rights":{"read":true},
             "signatories":"POLICY_SIGNATORIES_EITHER","daysMax":30,"purposes":["advice"]}
            """);
        await bench.DoneAsync("north", "policy", "propose", template);
        Assert.That(Node.Last.MeasurePropose.Measure.Adopt.Template.DaysMax, Is.EqualTo(30));
        await bench.DoneAsync("east", "measure", "vote", "1", "approve");
        Assert.That(
            await bench.DoneAsync("west", "measure", "vote", "1", "approve"), Does.Contain("the measure is in force"));

        Assert.That(await bench.DoneAsync("north", "policy", "list"), Does.Contain("1.1").And.Contain("Advice"));
        JsonElement shown = await bench.JsonAsync("north", "policy", "show", "1");
        Assert.That(shown.GetProperty("inForce").GetBoolean(), Is.True);
        await bench.DoneAsync("north", "policy", "retire", "1");
        Assert.That(Node.Last.MeasurePropose.Measure.Retire.Policy, Is.EqualTo(1));
        await bench.RefusedAsync("NO_POLICY", "north", "policy", "retire", "7");
    }

    [Test]
    public async Task What_is_undecided_ends_with_5_and_what_a_node_refuses_with_1()
    {
        Node.Outcomes.Enqueue(new Client.Protos.Outcome { State = Client.Protos.OutcomeState.Pending });
        Assert.That(
            (await bench.RunAsync("north", "measure", "quota", "school1.example", "5")).Code, Is.EqualTo(5));

        Node.Outcomes.Enqueue(new Client.Protos.Outcome
        {
            State = Client.Protos.OutcomeState.Refused, Refusal = "EXPIRED", Detail = "its time is over",
        });
        CommandRun run = await bench.RunAsync("north", "measure", "quota", "school1.example", "5", "--json");
        Assert.That(run.Code, Is.EqualTo(1));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("refusal").GetString(), Is.EqualTo("EXPIRED"));
    }

    private InstitutionStatus StatusOf(int school) =>
        Ledger.State.Institution(Ledger.Keys[school].Address)!.Status;
}
