using System.Text.Json;
using Ledger.Client.Transactions;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>An institution's key, its domain's file, and its standing among the members, with real nodes.</summary>
public sealed class StandingTests
{
    [Test]
    public async Task A_school_rotates_its_key_while_its_node_is_down_and_is_suspended_and_reinstated()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("standing");
        DevnetNode[] voters = [.. consortium.Nodes.Take(3)];
        DevnetNode school = consortium.Nodes[3];

        await RotateWhileDownAsync(consortium, school, voters);
        await CheckDomainAsync(consortium, school, voters[0]);
        await SuspendAndReinstateAsync(consortium, school, voters);
        await CountAsync(consortium, school, voters[0]);
    }

    // Its administrator has the key file and another member's node; then the node takes the new file up.
    private static async Task RotateWhileDownAsync(
        GrowingConsortium consortium, DevnetNode school, DevnetNode[] voters)
    {
        string identity = Path.Combine(school.Home, "identity.key");
        string next = Path.Combine(school.Home, "identity-2.key");
        string guest = consortium.GuestOf(school, voters[0]);
        string old = consortium.GuestOf(school, voters[1]);
        await consortium.KillAsync(school);
        await consortium.RunAsync(guest, "key", "rotate", next, "--new-password-file", school.PasswordFile);
        await consortium.ReachesAsync(voters[1], (await consortium.StatusAsync(voters[0])).Height);

        (int code, JsonElement refused) = await consortium.TryAsync(old, "institution", "create-index");
        Assert.That(code, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.ToString(), Does.Contain("UNKNOWN_SIGNER"));

        File.Move(next, identity, overwrite: true);
        await consortium.StartAsync(school);
        await consortium.VotesAsync(school);
        await consortium.DecideAsync(school);
    }

    private static async Task CheckDomainAsync(GrowingConsortium consortium, DevnetNode school, DevnetNode member)
    {
        string file = consortium.File("learning-ledger.json");
        await consortium.RunAsync(school.Key, "institution", "publish-domain-file", "--out", file);
        JsonElement check = await consortium.RunAsync(
            member.Key, "institution", "check", school.Domain, "--file", file);
        Assert.That(check.GetProperty("check").GetString(), Is.EqualTo("matches"));
    }

    private static async Task SuspendAndReinstateAsync(
        GrowingConsortium consortium, DevnetNode school, DevnetNode[] voters)
    {
        await consortium.RunAsync(voters[0].Key, "institution", "suspend", school.Domain);
        await VoteAsync(consortium, 1, voters[1]);
        await VoteAsync(consortium, 1, voters[2]);

        (int code, JsonElement refused) = await consortium.TryAsync(school.Key, "institution", "create-index");
        Assert.That(code, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.ToString(), Does.Contain("INSTITUTION_SUSPENDED"));

        // It is out of the roll meanwhile: two of the three that are left decide.
        await consortium.RunAsync(voters[0].Key, "institution", "reinstate", school.Domain);
        await VoteAsync(consortium, 2, voters[1]);
        await consortium.RunAsync(school.Key, "institution", "create-index");
    }

    private static async Task VoteAsync(GrowingConsortium consortium, ulong measure, DevnetNode voter)
    {
        Member member = consortium.MemberOf(voter);
        await member.DecideAsync([member.Key], Operations.MeasureVote(measure, approve: true));
    }

    // What it asked for was counted, refused or not, and costs by the tariff of whoever asks.
    private static async Task CountAsync(GrowingConsortium consortium, DevnetNode school, DevnetNode member)
    {
        await consortium.ReachesAsync(member, (await consortium.StatusAsync(school)).Height);
        JsonElement usage = await consortium.RunAsync(member.Key, "institution", "usage", school.Domain);
        Assert.That(usage.GetProperty("operations").GetUInt64(), Is.EqualTo(4));
        Assert.That(usage.GetProperty("refused").GetUInt64(), Is.EqualTo(1));
        string tariff = consortium.File("tariff.json");
        await File.WriteAllTextAsync(
            tariff, """{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"price":0,"unit":"unit"}}""");
        JsonElement cost = await consortium.RunAsync(
            member.Key, "cost", school.Domain, "--tariff", tariff, "--days", "365");
        Assert.That(cost.GetProperty("aYear").GetDecimal(), Is.EqualTo(usage.GetProperty("bytes").GetDecimal()));
    }
}
