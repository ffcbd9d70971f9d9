using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Claims;
using Ledger.Client.Protos;
using Ledger.CommandLine.Tests.Nodes;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>A roster makes classes and invitations, enrols nobody, and the same roster again changes nothing.</summary>
public sealed class RosterCommandTests
{
    private CommandBench bench = null!;
    private string roster = string.Empty;

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        roster = Directory.CreateDirectory(bench.In("roster")).FullName;
        Write("manifest.csv", "propertyName,value\noneroster.version,1.1\nfile.orgs,bulk\nfile.academicSessions,bulk\n"
            + "file.courses,bulk\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n");
        Write("orgs.csv", "sourcedId,name,type\nnorth,North,school\n");
        Write("academicSessions.csv", "sourcedId,title,startDate,endDate\nt1,Year,2026-04-01,2027-03-31\n");
        Write("courses.csv", "sourcedId,title,orgSourcedId\nmath,Mathematics,north\n");
        Write("classes.csv", "sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\n"
            + "math-1,Mathematics 1,math,north,t1\n");
        Students("jo", "mia");
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task The_same_roster_again_changes_nothing_and_a_new_student_is_invited_alone()
    {
        JsonElement first = await ImportAsync();
        string codes = File.ReadAllText(bench.In("codes.csv"));
        int submitted = bench.Node.Submitted.Count;
        JsonElement again = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(first.GetProperty("learners").GetInt32(), Is.EqualTo(2));
            Assert.That(first.GetProperty("classesAdded").GetInt32(), Is.EqualTo(1));
            Assert.That(again.GetProperty("invited").GetInt32(), Is.Zero);
            Assert.That(again.GetProperty("classesUnchanged").GetInt32(), Is.EqualTo(1));
            Assert.That(File.ReadAllText(bench.In("codes.csv")), Is.EqualTo(codes));
            Assert.That(bench.Node.Submitted, Has.Count.EqualTo(submitted), "nothing was asked of the ledger");
            Assert.That(bench.Node.Accounts.Kept, Has.Count.EqualTo(2));
        });

        Students("jo", "mia", "new");
        await ImportAsync();
        IReadOnlyList<AnnouncedLearner> sheet = ClaimSheet.Read(File.ReadAllText(bench.In("codes.csv")));
        Assert.That(sheet.Select(one => one.Claim), Is.EqualTo(new ulong[] { 1, 2, 3 }));
        Assert.That(bench.Node.Last.ClaimAnnounce.Claims, Has.Count.EqualTo(1));
        Assert.That(sheet[2].Accounts, Is.EqualTo(new[] { "https://moodle.school0.example|new" }));
    }

    [Test]
    public async Task Who_is_paired_already_is_not_invited()
    {
        bench.Node.Institution.Pairs.Add(new Pair
        {
            ActorKey = "https://moodle.school0.example|jo", Learner = ByteString.CopyFrom(new byte[32]),
        });
        await ImportAsync();
        Assert.That(
            bench.Node.Accounts.Kept.Single().ActorKeys.Single(), Is.EqualTo("https://moodle.school0.example|mia"));
    }

    [Test]
    public async Task An_import_that_broke_off_before_the_node_was_told_goes_on_without_doubling()
    {
        await ImportAsync();
        AnnouncedLearner[] sheet = [.. ClaimSheet.Read(File.ReadAllText(bench.In("codes.csv")))];
        ClaimSheet.Write(
            bench.In("codes.csv"), [.. sheet.Select(one => one with { Claim = 0 })], overwrite: true);
        bench.Node.Accounts.Kept.Clear();
        int submitted = bench.Node.Submitted.Count;
        JsonElement again = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(again.GetProperty("invited").GetInt32(), Is.Zero);
            Assert.That(bench.Node.Submitted, Has.Count.EqualTo(submitted));
            Assert.That(bench.Node.Accounts.Kept.Select(one => one.Claim), Is.EqualTo(new ulong[] { 1, 2 }));
        });
    }

    [Test]
    public async Task Classes_show_who_is_on_the_ledger_and_give_their_addresses()
    {
        await ImportAsync();
        byte[] address = [.. Enumerable.Repeat((byte)7, 32)];
        bench.Node.Records.Classes[0].Members[0].Learner = ByteString.CopyFrom(address);
        JsonElement classes = await bench.JsonAsync("north", "institution", "classes");
        string file = bench.In("class.txt");
        await bench.DoneAsync("north", "institution", "class", "math-1", "--out", file);
        CommandRun unknown = await bench.RunAsync("north", "institution", "class", "art-1");
        Assert.Multiple(() =>
        {
            Assert.That(classes.GetProperty("classes")[0].GetProperty("onTheLedger").GetInt32(), Is.EqualTo(1));
            Assert.That(File.ReadAllLines(file), Is.EqualTo(new[] { Convert.ToHexStringLower(address) }));
            Assert.That(unknown.Code, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_wrong_roster_is_refused_with_file_and_line_and_nothing_is_changed()
    {
        Write("classes.csv", "sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nm,M,art,north,t1\n");
        CommandRun run = await RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("classes.csv line 2"));
            Assert.That(bench.Node.Records.Classes, Is.Empty);
            Assert.That(bench.Node.Submitted, Is.Empty);
        });
    }

    private static string InAYear => DateTime.UtcNow.AddDays(300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(roster, file), text);

    private void Students(params string[] names)
    {
        Write("users.csv", "sourcedId,enabledUser,orgSourcedIds,role,username\n"
            + string.Concat(names.Select(static name => $"{name}-id,true,north,student,{name}\n")));
        Write("enrollments.csv", "sourcedId,classSourcedId,userSourcedId,role\n"
            + string.Concat(names.Select(static name => $"e-{name},math-1,{name}-id,student\n")));
    }

    private Task<CommandRun> RunAsync(params string[] more) => bench.RunAsync(
        "north",
        [
            "institution", "import-roster", roster, "--account", "https://moodle.school0.example|{username}",
            "--out", bench.In("codes.csv"), "--until", InAYear, .. more,
        ]);

    private async Task<JsonElement> ImportAsync()
    {
        CommandRun run = await RunAsync("--json");
        Assert.That(run.Code, Is.Zero, run.Error + run.Output);
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }
}
