using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Setup;

/// <summary>What an administrator gets who follows deploy/README.md.</summary>
public sealed class DocumentedSetupTests
{
    private DocumentedConsortium consortium = null!;
    private Member[] members = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        consortium = await DocumentedConsortium.SharedAsync();
        members = Member.Of(consortium.Nodes);
    }

    [OneTimeTearDown]
    public void Close()
    {
        foreach (Member member in members ?? [])
        {
            member.Dispose();
        }
    }

    [Test]
    public async Task Four_nodes_on_separate_addresses_agree_on_height_head_and_state()
    {
        NodeStatus before = await Heads.RequireEqualAsync(members, heightMin: 0);
        using SigningKey learner = SigningKey.Create();

        foreach (Member member in members)
        {
            await member.DecideAsync([member.Key], Operations.PicCreate());
        }

        await members[2].DecideAsync([learner], Operations.UicCreate());
        await members[3].DecideAsync([learner, members[0].Key], Operations.Enrol(learner.Address, members[0].Address));

        NodeStatus after = await Heads.RequireEqualAsync(members, before.Height + 6);
        Assert.That(after.Validators, Is.EqualTo(4));
        Assert.That(Convert.ToHexStringLower(after.ChainId.Span), Is.EqualTo(consortium.ChainId));
        foreach (Member member in members)
        {
            LearnerView view = await member.Client.GetLearnerAsync(learner.Address, CancellationToken.None);
            Assert.That(view.Enrolments, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void Each_node_listens_on_its_own_address_only()
    {
        string[] hosts = [.. consortium.Nodes.Select(node => new Uri("https://" + node.Api).Host)];

        Assert.That(hosts, Is.EqualTo(["127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14"]));
        Assert.That(consortium.Nodes.Select(node => new Uri("https://" + node.Peer).Host), Is.EqualTo(hosts));
    }

    [Test]
    public void Keys_passwords_and_records_are_for_the_owner_alone()
    {
        string[] secret =
        [
            "password", "identity.key", "secrets.json", "lrs-credentials.json", "records/records.sqlite",
            "record-keys.sqlite",
        ];
        foreach (string path in
            consortium.Nodes.SelectMany(node => secret.Select(file => Path.Combine(node.Home, file))))
        {
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), path);
        }
    }
}
