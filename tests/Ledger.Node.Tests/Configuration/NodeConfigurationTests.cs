using Ledger.Node.Configuration;

namespace Ledger.Node.Tests.Configuration;

public sealed class NodeConfigurationTests
{
    [Test]
    public void What_the_file_leaves_out_has_its_default()
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("node-configuration-");
        try
        {
            File.WriteAllText(
                Path.Combine(home.FullName, NodeConfiguration.FileName),
                """
                {"name":"North","domain":"north.example",
                 "peerListen":"127.0.0.1:1","apiListen":"127.0.0.1:2","lrsListen":"127.0.0.1:3"}
                """);

            NodeConfiguration read = NodeConfiguration.Load(home.FullName);

            Assert.That(read.Bootstrap, Is.Empty);
            Assert.That(read.Secrets, Is.EqualTo("secrets.json"));
            Assert.That(read.LrsCredentials, Is.EqualTo("lrs-credentials.json"));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
