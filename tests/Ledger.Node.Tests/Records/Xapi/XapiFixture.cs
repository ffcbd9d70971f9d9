namespace Ledger.Node.Tests.Records.Xapi;

/// <summary>A server of its own for each test.</summary>
public abstract class XapiFixture
{
    internal RecordServer Server { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync() => Server = await RecordServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await Server.DisposeAsync();
}
