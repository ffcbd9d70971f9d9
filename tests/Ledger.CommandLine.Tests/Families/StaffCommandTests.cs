using System.Globalization;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Staff;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Staff that is taken on over two machines, and what it testifies.</summary>
public sealed class StaffCommandTests
{
    private readonly SigningKey teacher = SigningKey.Create();
    private readonly SigningKey learner = SigningKey.Create();
    private CommandBench bench = null!;

    private FakeLedger Ledger => bench.Ledger;

    private string Teacher => teacher.Address.ToString();

    private static string Yesterday => DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        bench.AddProfile("teacher", teacher);
        Ledger.Decide([learner], Operations.UicCreate());
        Ledger.Decide([learner, Ledger.Keys[0]], Operations.Enrol(learner.Address, Ledger.Keys[0].Address));
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        teacher.Dispose();
        learner.Dispose();
    }

    [Test]
    public async Task Two_machines_sign_one_file_and_the_second_hands_it_in()
    {
        string file = bench.In("jo.tx");
        string prepared = await bench.DoneAsync(
            "north", "institution", "staff", "appoint", "--staff", Teacher, "--staff-public-key",
            teacher.PublicKey.ToString(), "--role", "teacher", "--joined", Yesterday, "--prepare", file);
        Assert.That(prepared, Does.Contain($"ledger tx sign {file}"));
        Assert.That(bench.Node.Submitted, Is.Empty);

        Assert.That(await bench.DoneAsync("teacher", "tx", "show", file), Does.Contain("teacher"));
        JsonElement signed = await bench.JsonAsync("teacher", "tx", "sign", file);

        Assert.That(signed.GetProperty("state").GetString(), Is.EqualTo("decided"));
        Assert.That(bench.Node.Last.StaffAppoint.Roles, Is.EqualTo(new[] { StaffRole.Teacher }));
        Assert.That(IsStaff(), Is.True);
        await bench.RefusedAsync("STAFF_EXISTS", "teacher", "tx", "submit", file);
    }

    [Test]
    public async Task Somebody_whom_the_ledger_knows_is_taken_on_again_without_naming_the_key()
    {
        await AppointAsync();
        await bench.DoneAsync("teacher", "institution", "staff", "end", "me", "--left", Yesterday, "--institution",
            "school0.example");
        Assert.That(bench.Node.Last.StaffEnd.Institution, Is.EqualTo(Ledger.Keys[0].Address.ToField()));

        await bench.DoneAsync(
            "north", "institution", "staff", "appoint", "--staff", Teacher, "--role", "mentor", "--joined", Yesterday,
            "--prepare", bench.In("again.tx"));
        await bench.DoneAsync("teacher", "tx", "sign", bench.In("again.tx"));

        string list = await bench.DoneAsync("north", "institution", "staff", "list");
        Assert.That(list, Does.Contain("teacher").And.Contain("mentor"));
    }

    [Test]
    public async Task Whose_signature_is_missing_is_told()
    {
        string[] line = ["institution", "staff", "appoint", "--role", "teacher", "--joined", Yesterday];
        Assert.That((await bench.RunAsync("north", line)).Error, Does.Contain("--staff ADDRESS"));
        Assert.That(
            (await bench.RunAsync("north", [.. line, "--staff", Teacher])).Error, Does.Contain("--prepare FILE"));
        CommandRun wrong = await bench.RunAsync(
            "north", [.. line, "--staff", Teacher, "--staff-public-key", learner.PublicKey.ToString()]);
        Assert.That(wrong.Code, Is.EqualTo(2));
        Assert.That(wrong.Error, Does.Contain("does not derive from this public key"));
        CommandRun unknown = await bench.RunAsync(
            "north", [.. line, "--staff", Teacher, "--prepare", bench.In("x.tx")]);
        Assert.That(unknown.Code, Is.EqualTo(1));
        Assert.That(unknown.Error, Does.Contain("ledger key show"));
    }

    [Test]
    public async Task Roles_change_from_a_date_on_and_the_end_is_refused_to_strangers()
    {
        await AppointAsync();
        await bench.DoneAsync(
            "north", "institution", "staff", "assign", Teacher, "--role", "registrar", "--from",
            DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.That(bench.Node.Last.StaffAssign.Roles, Is.EqualTo(new[] { StaffRole.Registrar }));

        bench.AddProfile("east", Ledger.Keys[2]);
        await bench.RefusedAsync(
            "NO_STAFF", "east", "institution", "staff", "end", Teacher, "--left", Yesterday);
        await bench.RefusedAsync(
            "NO_RIGHT", "east", "institution", "staff", "end", Teacher, "--left", Yesterday, "--institution",
            "school0.example");
    }

    [Test]
    public async Task A_testimonial_is_issued_listed_checked_and_withdrawn()
    {
        await AppointAsync();
        string text = bench.Write("text.txt", "She learns well.");
        string file = bench.In("letter.json");
        string[] issue =
        [
            "learner", "testimonials", "issue", learner.Address.ToString(), "--institution", "school0.example",
            "--text", text,
        ];
        await bench.DoneAsync("teacher", [.. issue, "--out", file]);
        Assert.That(bench.Node.Submitted[^1].ToString(), Does.Not.Contain("learns well"));
        await bench.RefusedAsync("NOT_STAFF_THEN", "north", [.. issue, "--out", bench.In("other.json")]);

        bench.AddProfile("alice", learner);
        Assert.That(await bench.DoneAsync("alice", "learner", "testimonials", "list"), Does.Contain("confidential"));
        JsonElement shown = await bench.JsonAsync("north", "learner", "testimonials", "check", file);
        Assert.That(shown.GetProperty("text").GetString(), Is.EqualTo("She learns well."));

        await bench.DoneAsync("alice", "learner", "testimonials", "withdraw", "me", "1", "--institution",
            "school0.example");
        Assert.That((await bench.RunAsync("north", "learner", "testimonials", "check", file)).Code, Is.EqualTo(4));
        await bench.RefusedAsync(
            "NO_TESTIMONIAL", "alice", "learner", "testimonials", "withdraw", "me", "7", "--institution",
            "school0.example");
    }

    [Test]
    public async Task A_domains_file_is_compared_with_the_registrar()
    {
        string file = bench.In("learning-ledger.json");
        Assert.That(
            await bench.DoneAsync("north", "institution", "publish-domain-file", "--out", file),
            Does.Contain("https://school0.example/.well-known/learning-ledger.json"));

        JsonElement right = await bench.JsonAsync(
            "north", "institution", "check", "school0.example", "--file", file);
        Assert.That(right.GetProperty("check").GetString(), Is.EqualTo("matches"));
        CommandRun other = await bench.RunAsync("north", "institution", "check", "school1.example", "--file", file);
        Assert.That(other.Code, Is.EqualTo(4), "another domain's file");
        CommandRun none = await bench.RunAsync(
            "north", "institution", "check", "school1.example", "--file", bench.Write("none.json", "{}"), "--json");
        using JsonDocument json = JsonDocument.Parse(none.Output);
        Assert.That(json.RootElement.GetProperty("check").GetString(), Is.EqualTo("unreadable"));
    }

    private async Task AppointAsync()
    {
        bench.WriteKey("jo.json", teacher);
        await bench.DoneAsync(
            "north", "institution", "staff", "appoint", "--staff-key", bench.In("jo.json"), "--staff-password-file",
            bench.PasswordFile, "--role", "teacher", "--joined",
            DateTime.UtcNow.AddDays(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private bool IsStaff() => StaffRules.TermAt(
        Ledger.State, Ledger.Keys[0].Address, teacher.Address, Ledger.TimeUnixMs) != 0;
}
