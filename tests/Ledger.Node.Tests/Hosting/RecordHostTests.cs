using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Peers;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Hosting;

/// <summary>How the port of the record store is served: with which certificate, and when in clear.</summary>
public sealed class RecordHostTests
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    private string home = string.Empty;
    private StoreFolder folder = null!;
    private RecordStore store = null!;
    private TlsIdentity tls = null!;

    [SetUp]
    public void MakeNode()
    {
        home = Directory.CreateTempSubdirectory("record-host-").FullName;
        File.WriteAllText(Path.Combine(home, "lrs-credentials.json"), """{"key":"moodle","secret":"secret"}""");
        folder = new StoreFolder();
        store = folder.Open();
        tls = TlsIdentity.Load(TlsIdentity.Generate("north.example", DateTimeOffset.UnixEpoch.AddYears(56)));
    }

    [TearDown]
    public void RemoveNode()
    {
        store?.Dispose();
        folder?.Dispose();
        tls?.Dispose();
        Directory.Delete(home, recursive: true);
    }

    [Test]
    public async Task TheNodesOwnCertificateBearsTheKeyThatCallersPinAsync()
    {
        await using WebApplication host = await StartAsync(new RecordPortSettings { Tls = RecordPortSettings.NodeTls });
        using X509Certificate2 shown = await ShownAsync(host);
        Assert.That(TlsIdentity.HashOf(shown), Is.EqualTo(tls.KeyHash));
    }

    [Test]
    public async Task ACertificateThatIsRenewedIsShownAndABrokenOneIsNotAsync()
    {
        WriteCertificate("first.example", day: 1);
        await using WebApplication host = await StartAsync(Files());
        Assert.That(await NameShownAsync(host), Is.EqualTo("CN=first.example"));
        WriteCertificate("second.example", day: 2);
        Assert.That(await NameShownAsync(host), Is.EqualTo("CN=second.example"));
        Write("records.pem", "no certificate", day: 3);
        Assert.That(await NameShownAsync(host), Is.EqualTo("CN=second.example"));
    }

    [Test]
    public async Task ACertificateThatIsOlderThanTheKeyBeforeItIsShownTooAsync()
    {
        WriteCertificate("first.example", day: 1, keyDay: 5);
        await using WebApplication host = await StartAsync(Files());
        WriteCertificate("second.example", day: 2, keyDay: 5);
        Assert.That(await NameShownAsync(host), Is.EqualTo("CN=second.example"));
    }

    /// <summary>More of them than one network may send at once.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task StrangersBehindATrustedServerAreCountedApartAndBehindAnotherTogetherAsync(bool isTrusted)
    {
        await using WebApplication host = await StartAsync(
            new RecordPortSettings { TrustedProxies = isTrusted ? ["10.0.0.0/8", "127.0.0.1"] : [] });
        using HttpClient proxy = new() { BaseAddress = new Uri(host.Urls.Single()) };
        bool isSlowed = false;
        for (int at = 0; at < 600 && !isSlowed; at++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/xAPI/statements");
            request.Headers.Add("X-Forwarded-For", $"{20 + (at / 200)}.{at % 200}.7.1, 10.1.1.1");
            using HttpResponseMessage answer = await proxy.SendAsync(request);
            isSlowed = answer.StatusCode == HttpStatusCode.TooManyRequests;
        }

        Assert.That(isSlowed, Is.EqualTo(!isTrusted));
    }

    [Test]
    public void ACertificateThatCannotBeReadStopsTheStart()
    {
        Assert.That(Build(Files()), Throws.TypeOf<ConfigurationException>().With.Message.Contains("records.pem"));
        WriteCertificate("first.example", day: 1);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("records.key", other.ExportPkcs8PrivateKeyPem(), day: 1);
        Assert.That(Build(Files()), Throws.TypeOf<ConfigurationException>().With.Message.Contains("records.key"));
    }

    [Test]
    public void PlainHttpIsForThisMachineUnlessTheOperatorSaysSo()
    {
        RecordPortSettings plain = new();
        Assert.Multiple(() =>
        {
            Assert.That(plain.FaultOf(isThisMachine: true), Is.Null);
            Assert.That(plain.FaultOf(isThisMachine: false), Does.Contain("plainHttpBeyondThisMachine"));
            Assert.That(
                (plain with { PlainHttpBeyondThisMachine = true }).FaultOf(isThisMachine: false), Is.Null);
            Assert.That(
                (plain with { Tls = RecordPortSettings.NodeTls }).FaultOf(isThisMachine: false), Is.Null);
        });
    }

    [Test]
    public void SettingsThatCannotBeServedAreRefusedAtTheStart()
    {
        RecordPortSettings settings = new();
        RecordPortSettings[] wrong =
        [
            settings with { Tls = "on" },
            settings with { Tls = RecordPortSettings.FileTls },
            settings with { Certificate = "a.pem", CertificateKey = "a.key" },
            settings with { Origins = ["*"] },
            settings with { TrustedProxies = ["proxy.example.org"] },
            settings with { TrustedProxies = ["10.0.0.0/33"] },
            settings with { RequestsPerSecond = 0 },
            settings with { BodyBytes = RequestLimits.BodyBytesCeiling + 1 },
            settings with { AttachmentBytes = -1 },
        ];
        Assert.That(wrong.Select(static one => one.FaultOf(isThisMachine: true)), Has.None.Null);
        Assert.That(Build(wrong[0]), Throws.TypeOf<ConfigurationException>());
    }

    private static RecordPortSettings Files() => new()
    {
        Tls = RecordPortSettings.FileTls, Certificate = "records.pem", CertificateKey = "records.key",
    };

    private static async Task<string> NameShownAsync(WebApplication host)
    {
        using X509Certificate2 shown = await ShownAsync(host);
        return shown.Subject;
    }

    // A connection of its own each time: a handshake is what is asked about.
    private static async Task<X509Certificate2> ShownAsync(WebApplication host)
    {
        X509Certificate2? shown = null;
        using SocketsHttpHandler handler = new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    shown = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
                    return true;
                },
            },
        };
        using HttpClient client = new(handler);
        using HttpResponseMessage about = await client.GetAsync(host.Urls.Single() + "/xAPI/about");
        Assert.That(about.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return shown!;
    }

    private Action Build(RecordPortSettings settings) => () => Host(settings);

    private async Task<WebApplication> StartAsync(RecordPortSettings settings)
    {
        WebApplication host = Host(settings);
        await host.StartAsync();
        return host;
    }

    private WebApplication Host(RecordPortSettings settings) => RecordHost.Build(
        Settings.Of(home) with { RecordPort = settings }, Anywhere, tls, store,
        RecordSettings.Endpoint(Settings.Of(home)), static _ => true, folder.Clock, NullLoggerFactory.Instance);

    private void WriteCertificate(string name, int day, int? keyDay = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        DateTimeOffset begin = DateTimeOffset.UnixEpoch.AddYears(50);
        using X509Certificate2 certificate = request.CreateSelfSigned(begin, begin.AddYears(50));
        Write("records.key", key.ExportPkcs8PrivateKeyPem(), keyDay ?? day);
        Write("records.pem", certificate.ExportCertificatePem(), day);
    }

    // The time says that a file is another one: two of them may be written within one tick of a disk's clock.
    private void Write(string name, string text, int day)
    {
        string path = Path.Combine(home, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddYears(55).AddDays(day));
    }
}
