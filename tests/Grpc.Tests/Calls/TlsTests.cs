using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Grpc.Tests.Calls;

/// <summary>Calls over TLS and mutual TLS.</summary>
public sealed class TlsTests
{
    private static readonly SampleService whoCalls = new()
    {
        OnSingle = (_, context) => Task.FromResult(new Note
        {
            Text = $"{context.GetHttpContext().Request.Scheme} "
                + string.Join(',', context.AuthContext.PeerIdentity.Select(property => property.Value)),
        }),
    };

    [Test]
    public async Task A_call_goes_over_tls()
    {
        using var certificate = Certificates.Create("server");
        await using var server = await TestServer.StartTlsAsync(
            whoCalls, certificate, ClientCertificateMode.NoCertificate);
        using var handler = Handler(certificate, null);
        var client = server.CreateClient(new GrpcChannelOptions { HttpHandler = handler });

        Assert.That((await client.SingleAsync(new Note())).Text, Is.EqualTo("https "));
    }

    [Test]
    public async Task Mutual_tls_tells_the_server_who_calls()
    {
        using var certificate = Certificates.Create("server");
        using var mine = Certificates.Create("client");
        await using var server = await TestServer.StartTlsAsync(
            whoCalls, certificate, ClientCertificateMode.RequireCertificate);
        using var handler = Handler(certificate, mine);
        var client = server.CreateClient(new GrpcChannelOptions { HttpHandler = handler });

        Assert.That((await client.SingleAsync(new Note())).Text, Is.EqualTo("https client.example"));
    }

    [Test]
    public async Task Without_the_right_certificate_calls_are_unavailable()
    {
        using var certificate = Certificates.Create("server");
        using var stranger = Certificates.Create("stranger");
        await using var server = await TestServer.StartTlsAsync(
            whoCalls, certificate, ClientCertificateMode.RequireCertificate);
        using var asStranger = Handler(certificate, stranger);
        using var toStranger = Handler(stranger, stranger);

        var unknownClient = await server.CreateClient(new GrpcChannelOptions { HttpHandler = asStranger })
            .SingleAsync(new Note()).ResponseAsync.RefusalAsync("a call with a wrong certificate");
        var unknownServer = await server.CreateClient(new GrpcChannelOptions { HttpHandler = toStranger })
            .SingleAsync(new Note()).ResponseAsync.RefusalAsync("a call to a server with a wrong certificate");

        Assert.That(unknownClient.StatusCode, Is.EqualTo(StatusCode.Unavailable), unknownClient.ToString());
        Assert.That(unknownServer.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(unknownServer.Status.Detail, Does.Contain("AuthenticationException"));
    }

    [Test]
    public async Task Credentials_of_a_call_are_sent_over_tls()
    {
        using var certificate = Certificates.Create("server");
        string? seen = null;
        await using var server = await TestServer.StartTlsAsync(
            new SampleService
            {
                OnSingle = (note, context) =>
                {
                    seen = context.RequestHeaders.GetValue("authorization");
                    return Task.FromResult(note);
                },
            },
            certificate,
            ClientCertificateMode.NoCertificate);
        using var handler = Handler(certificate, null);
        var client = server.CreateClient(new GrpcChannelOptions
        {
            HttpHandler = handler,
            Credentials = ChannelCredentials.SecureSsl,
        });
        var credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("authorization", $"{context.MethodName} {new Uri(context.ServiceUrl).AbsolutePath}");
            return Task.CompletedTask;
        });

        await client.SingleAsync(new Note(), new CallOptions(credentials: credentials));

        Assert.That(seen, Is.EqualTo("Single /ledger.sample.Sample"));
    }

    [Test]
    public void Credentials_of_the_wrong_kind_are_wrong_use()
    {
        var secure = new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl };
        var insecure = new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure };

        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress("http://localhost", secure));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress("https://localhost", insecure));
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("ftp://localhost"));
    }

    private static SocketsHttpHandler Handler(X509Certificate2 expected, X509Certificate2? mine)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, shown, _, _) => shown!.GetRawCertData().AsSpan().SequenceEqual(expected.RawData);
        if (mine is not null)
        {
            handler.SslOptions.ClientCertificates = [mine];
        }

        return handler;
    }
}
