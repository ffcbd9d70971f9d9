using System.Globalization;
using System.Text.Json;
using Ledger.Client.Claims;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>One-time codes, guardians, recovery, opting out, merging.</summary>
public sealed class LearnerCommandTests
{
    private readonly SigningKey alice = SigningKey.Create();
    private readonly SigningKey other = SigningKey.Create();
    private CommandBench bench = null!;

    private FakeLedger Ledger => bench.Ledger;

    private string Alice => alice.Address.ToString();

    private static string InAYear => DateTime.UtcNow.AddDays(300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        bench.AddProfile("alice", alice);
        bench.AddProfile("other", other);
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        alice.Dispose();
        other.Dispose();
    }

    [Test]
    public async Task Codes_are_announced_kept_used_once_and_the_rest_taken_back()
    {
        string accounts = bench.Write(
            "accounts.csv", "https://moodle.school0.example|jo\nhttps://moodle.school0.example|mia\n");
        string codes = bench.In("codes.csv");
        JsonElement announced = await bench.JsonAsync(
            "north", "institution", "announce-learners", accounts, "--out", codes, "--until", InAYear);
        Assert.That(announced.GetProperty("learners").GetInt32(), Is.EqualTo(2));
        Assert.That(bench.Node.Last.ClaimAnnounce.Claims, Has.Count.EqualTo(2));
        Assert.That(bench.Node.Accounts.Kept.Select(static one => one.Claim), Is.EqualTo(new ulong[] { 1, 2 }));
        Assert.That(await bench.DoneAsync("north", "institution", "claims"), Does.Contain("|mia"));
        Assert.That(
            (await bench.JsonAsync("north", "institution", "keep-claims", codes)).GetProperty("announced").GetInt32(),
            Is.EqualTo(2));

        string code = ClaimSheet.Read(File.ReadAllText(codes))[0].Code.ToString();
        await bench.DoneAsync("alice", "learner", "claim", code, "--institution", "school0.example");
        Assert.That(
            bench.Node.LastOperations.Select(static one => one.CallCase),
            Is.EqualTo(new[] { Operation.CallOneofCase.UicCreate, Operation.CallOneofCase.LearnerClaim }));
        await bench.RefusedAsync(
            "CLAIM_USED", "other", "learner", "claim", code, "--institution", "school0.example");
        Assert.That(
            (await bench.RunAsync("other", "learner", "claim", "4CX0", "--institution", "school0.example")).Code,
            Is.EqualTo(2));
        await bench.DoneAsync("north", "institution", "revoke-claims", "1", "2");
        Assert.That(bench.Node.Last.ClaimRevoke.Last, Is.EqualTo(2));
        await bench.RefusedAsync("NO_CLAIM", "north", "institution", "revoke-claims", "7", "9");
    }

    [Test]
    public async Task Earlier_records_are_asked_for_shown_and_let_rest_again()
    {
        Assert.That(await bench.DoneAsync("alice", "learner", "earlier"), Does.Contain("rest"));
        JsonElement asked = await bench.JsonAsync("alice", "learner", "earlier", "anchor");
        Assert.That(asked.GetProperty("earlierRecords").GetString(), Is.EqualTo("anchor"));
        Assert.That(asked.GetProperty("asked").GetString(), Does.StartWith("2026-"));
        await bench.DoneAsync("alice", "learner", "earlier", "rest", "--learner", other.Address.ToString());
        Assert.That(
            bench.Node.Earlier.Wishes.Select(static one => one.Anchor), Is.EqualTo(new[] { true, false }));
        Assert.That(bench.Node.Earlier.Wishes[0].Learner, Is.EqualTo(alice.Address.ToField()));
        Assert.That(bench.Node.Earlier.Wishes[1].Learner, Is.EqualTo(other.Address.ToField()));
        Assert.That((await bench.RunAsync("alice", "learner", "earlier", "perhaps")).Code, Is.EqualTo(2));
    }

    [Test]
    public async Task Where_a_learner_is_told_of_requests_is_set_shown_and_erased()
    {
        JsonElement set = await bench.JsonAsync(
            "alice", "learner", "notices", "set", "--webhook", "https://alice.example/hook", "--mail",
            "alice@example.org");
        Assert.That(set.GetProperty("mail").GetString(), Is.EqualTo("alice@example.org"));
        Assert.That(
            await bench.DoneAsync("alice", "learner", "notices"), Does.Contain("https://alice.example/hook"));
        Assert.That(
            await bench.DoneAsync("alice", "learner", "notices", "erase"), Does.Not.Contain("alice.example"));
        Assert.That(bench.Node.Notices.Set[0].Learner, Is.EqualTo(alice.Address.ToField()));
        foreach (string[] wrong in new[] { new[] { "set" }, ["erase", "--mail", "a@b.example"], ["move"] })
        {
            Assert.That((await bench.RunAsync("alice", ["learner", "notices", .. wrong])).Code, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_guardian_is_appointed_by_three_keys_shown_and_ends_it()
    {
        Enrol();
        bench.WriteKey("guardian.json", other);
        await bench.RefusedAsync(
            "NOT_ENROLLED",
            "alice",
            [.. Appointing("school1.example"), "--other-key", bench.In("guardian.json"), "--other-key", Key(1)]);
        await bench.DoneAsync(
            "alice",
            [.. Appointing("school0.example"), "--other-key", bench.In("guardian.json"), "--other-key", Key(0)]);
        Assert.That(bench.Node.Last.GuardianAppoint.Guardian, Is.EqualTo(other.Address.ToField()));

        Assert.That(
            await bench.DoneAsync("alice", "learner", "guardian", "show"), Does.Contain(other.Address.ToString()));
        JsonElement wards = await bench.JsonAsync("other", "learner", "guardian", "wards");
        Assert.That(wards.GetProperty("wards")[0].GetProperty("learner").GetString(), Is.EqualTo(Alice));
        await bench.RefusedAsync("GUARDED", "alice", "learner", "opt-out", "none");
        await bench.DoneAsync("other", "learner", "guardian", "end", Alice);
        await bench.RefusedAsync("NO_GUARDIAN", "other", "learner", "guardian", "end", Alice);
    }

    [Test]
    public async Task A_lost_key_is_recovered_by_two_of_three_after_the_delay()
    {
        Enrol();
        bench.AddProfile("east", Ledger.Keys[2]);
        await bench.DoneAsync(
            "alice", "learner", "recovery", "plan", "--party", "school0.example", "--party", "school2.example",
            "--threshold", "2", "--days", "1");
        Assert.That(bench.Node.Last.RecoveryPlanSet.Threshold, Is.EqualTo(2));
        JsonElement made = await bench.JsonAsync(
            "alice", "learner", "recovery", "new-key", bench.In("new.json"), "--learner", Alice, "--password-file",
            bench.PasswordFile);
        string[] propose =
        [
            "learner", "recovery", "propose", Alice, "--key", made.GetProperty("publicKey").GetString()!, "--proof",
            made.GetProperty("proof").GetString()!,
        ];
        await bench.DoneAsync("north", propose);
        await bench.RefusedAsync("RECOVERY_NOT_DUE", "north", "learner", "recovery", "complete", Alice, "1");
        await bench.DoneAsync("east", "learner", "recovery", "approve", Alice, "1");
        Assert.That(
            await bench.DoneAsync("alice", "learner", "recovery", "show"), Does.Contain("recoveries").And.Contain("1"));

        Ledger.Wait(TimeSpan.FromDays(2));
        await bench.DoneAsync("north", "learner", "recovery", "complete", Alice, "1");
        Assert.That(
            Ledger.State.CurrentKey(alice.Address)?.ToString(), Is.EqualTo(made.GetProperty("publicKey").GetString()));
        await bench.RefusedAsync("NO_RECOVERY", "north", "learner", "recovery", "complete", Alice, "1");
    }

    [Test]
    public async Task A_recovery_is_stopped_by_the_key_that_is_not_lost()
    {
        Enrol();
        await bench.DoneAsync(
            "alice", "learner", "recovery", "plan", "--party", "school0.example", "--threshold", "1", "--days", "1");
        JsonElement made = await bench.JsonAsync(
            "alice", "learner", "recovery", "new-key", bench.In("new.json"), "--learner", Alice, "--password-file",
            bench.PasswordFile);
        await bench.DoneAsync(
            "north", "learner", "recovery", "propose", Alice, "--key", made.GetProperty("publicKey").GetString()!,
            "--proof", made.GetProperty("proof").GetString()!);

        await bench.DoneAsync("alice", "learner", "recovery", "cancel", "me", "1");

        Assert.That(bench.Node.Last.RecoveryCancel.Recovery, Is.EqualTo(1));
        await bench.RefusedAsync("NO_RECOVERY", "north", "learner", "recovery", "approve", Alice, "1");
        Assert.That((await bench.RunAsync("alice", "learner", "recovery", "plan")).Code, Is.EqualTo(2));
    }

    [Test]
    public async Task A_learner_opts_out_and_comes_back()
    {
        Enrol();
        await bench.DoneAsync("alice", "learner", "opt-out", "no-store");
        Assert.That(bench.Node.Last.OptOut.Level, Is.EqualTo(OptOutLevel.NoStore));
        await bench.RefusedAsync("OPT_OUT_UNCHANGED", "alice", "learner", "opt-out", "no-store");
        JsonElement back = await bench.JsonAsync("alice", "learner", "opt-out", "none");
        Assert.That(back.GetProperty("operations")[0].GetProperty("result").GetString(), Is.EqualTo("ACCEPTED"));
    }

    [Test]
    public async Task Two_addresses_of_one_learner_become_one()
    {
        Enrol();
        Ledger.Decide([other], Operations.UicCreate());
        bench.WriteKey("old.json", alice);

        Assert.That(
            (await bench.RunAsync("other", "learner", "merge", Alice)).Error, Does.Contain("must sign too"));
        await bench.DoneAsync(
            "other", "learner", "merge", Alice, "--other-key", bench.In("old.json"), "--other-password-file",
            bench.PasswordFile);

        Assert.That(bench.Node.Last.LearnerMerge.Absorbed, Is.EqualTo(alice.Address.ToField()));
        Assert.That(Ledger.State.CurrentKey(alice.Address), Is.Null);
    }

    private void Enrol()
    {
        Ledger.Decide([alice], Operations.UicCreate());
        Ledger.Decide([alice, Ledger.Keys[0]], Operations.Enrol(alice.Address, Ledger.Keys[0].Address));
    }

    private string[] Appointing(string school) =>
    [
        "learner", "guardian", "appoint", "--guardian", other.Address.ToString(), "--institution", school, "--until",
        InAYear, "--other-password-file", bench.PasswordFile, "--other-password-file", bench.PasswordFile,
    ];

    private string Key(int school)
    {
        string name = FormattableString.Invariant($"school{school}.json");
        bench.WriteKey(name, Ledger.Keys[school]);
        return bench.In(name);
    }
}
