using Ledger.Client.Keys;
using Ledger.Node.Keys;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Keys;

public sealed class NodeSecretsTests
{
    private string folder = string.Empty;
    private Password password = null!;

    private string Secrets => Path.Combine(folder, "secrets.json");

    private string Identity => Path.Combine(folder, "identity.key");

    [SetUp]
    public void MakeKeys()
    {
        folder = Directory.CreateTempSubdirectory("node-secrets-").FullName;
        password = Password.FromCharacters(MadeSecrets.PasswordText);
        MadeSecrets.Write(Secrets, Identity);
    }

    [TearDown]
    public void RemoveKeys()
    {
        password.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void A_vote_key_is_replaced_in_two_steps_and_every_other_key_stays()
    {
        (PublicKeyBytes[] first, Address institution, byte[] locator) = Read();
        NodeSecrets.AddVoteKey(Secrets, password);
        (PublicKeyBytes[] both, _, _) = Read();
        NodeSecrets.DropOldVoteKey(Secrets, password);
        (PublicKeyBytes[] last, Address same, byte[] sameLocator) = Read();

        Assert.That(first, Has.Length.EqualTo(1));
        Assert.That(both, Has.Length.EqualTo(2));
        Assert.That(both[0], Is.EqualTo(first[0]));
        Assert.That(last, Is.EqualTo(new[] { both[1] }));
        Assert.That(same, Is.EqualTo(institution));
        Assert.That(sameLocator, Is.EqualTo(locator));
    }

    [Test]
    public void The_secrets_of_links_rest_among_the_others_and_are_not_in_clear()
    {
        NodeSecrets.SetLinkSecret(Secrets, password, "campus", "first"u8);
        NodeSecrets.SetLinkSecret(Secrets, password, "campus", "the second secret"u8);
        NodeSecrets.SetLinkSecret(Secrets, password, "openlrw", "another"u8);
        using (NodeSecrets secrets = NodeSecrets.Open(Secrets, Identity, password))
        {
            Assert.That(secrets.LinkSecret("campus"), Is.EqualTo("the second secret"));
            Assert.That(secrets.LinkSecret("openlrw"), Is.EqualTo("another"));
            Assert.Throws<KeyFileException>(() => secrets.LinkSecret("nobody"));
        }

        Assert.That(File.ReadAllText(Secrets), Does.Not.Contain("second"));
        NodeSecrets.DropLinkSecret(Secrets, password, "campus");
        using NodeSecrets without = NodeSecrets.Open(Secrets, Identity, password);
        Assert.Throws<KeyFileException>(() => without.LinkSecret("campus"));
    }

    [Test]
    public void There_are_never_three_keys_and_never_none()
    {
        Assert.Throws<KeyFileException>(() => NodeSecrets.DropOldVoteKey(Secrets, password));
        NodeSecrets.AddVoteKey(Secrets, password);
        Assert.Throws<KeyFileException>(() => NodeSecrets.AddVoteKey(Secrets, password));

        Assert.That(Read().Votes, Has.Length.EqualTo(2));
    }

    [Test]
    public void Another_identity_key_of_the_same_institution_takes_the_place_of_the_first()
    {
        (_, Address institution, byte[] locator) = Read();
        using SigningKey next = SigningKey.Create();
        KeyFile.Write(Identity, next, institution, password, overwrite: true);

        using NodeSecrets secrets = NodeSecrets.Open(Secrets, Identity, password);

        Assert.That(secrets.Identity.Address, Is.EqualTo(institution));
        Assert.That(secrets.Identity.PublicKey, Is.EqualTo(next.PublicKey));
        Assert.That(secrets.LocatorKey, Is.EqualTo(locator));
    }

    [Test]
    public void The_identity_key_of_another_institution_does_not()
    {
        using SigningKey other = SigningKey.Create();
        KeyFile.Write(Identity, other, other.Address, password, overwrite: true);

        Assert.Throws<KeyFileException>(() => NodeSecrets.Open(Secrets, Identity, password));
    }

    [Test]
    public void A_file_of_an_earlier_version_gets_the_secret_of_the_records_once_and_keeps_every_other()
    {
        Assert.That(RecordsSecret(), Has.Length.EqualTo(32));
        using (SecretBundle bundle = SecretFile.Open(Secrets, password))
        {
            SecretFile.Write(
                Secrets,
                bundle.Header,
                bundle.Names.Where(static name => name != "records-1")
                    .ToDictionary(static name => name, bundle.Get, StringComparer.Ordinal),
                password,
                overwrite: true);
        }

        (PublicKeyBytes[] votes, _, byte[] locator) = Read();
        Assert.That(RecordsSecret(), Is.Null);
        NodeSecrets.AddRecordsSecret(Secrets, password);
        byte[]? made = RecordsSecret();

        Assert.That(made, Has.Length.EqualTo(32));
        Assert.Throws<KeyFileException>(() => NodeSecrets.AddRecordsSecret(Secrets, password));
        Assert.That(RecordsSecret(), Is.EqualTo(made));
        Assert.That(Read().Votes, Is.EqualTo(votes));
        Assert.That(Read().Locator, Is.EqualTo(locator));
    }

    private byte[]? RecordsSecret()
    {
        using NodeSecrets secrets = NodeSecrets.Open(Secrets, Identity, password);
        return secrets.RecordsSecret?.ToArray();
    }

    private (PublicKeyBytes[] Votes, Address Institution, byte[] Locator) Read()
    {
        using NodeSecrets secrets = NodeSecrets.Open(Secrets, Identity, password);
        return ([.. secrets.Votes.Select(key => key.PublicKey)], secrets.Identity.Address, [.. secrets.LocatorKey]);
    }
}
