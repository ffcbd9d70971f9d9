using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Protocol;

/// <summary>What goes over the wire: right answers to wrong requests and to wrong answers.</summary>
public sealed class WireTests
{
    private const string Single = "/ledger.sample.Sample/Single";
    private static readonly byte[] emptyMessage = [0, 0, 0, 0, 0];

    [TestCase("/ledger.sample.Sample/Other", "Method is unimplemented.")]
    [TestCase("/ledger.sample.Other/Single", "Service is unimplemented.")]
    public async Task An_unknown_method_is_answered_by_trailers_only(string path, string detail)
    {
        await using var server = await TestServer.StartAsync(new SampleService());

        using var answer = await SendAsync(RawCall.Create(server.Address, path, emptyMessage));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues("grpc-status"), Is.EqualTo(["12"]));
        Assert.That(answer.Headers.GetValues("grpc-message"), Is.EqualTo([detail]));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task Another_content_type_is_refused_by_http()
    {
        await using var server = await TestServer.StartAsync(new SampleService());

        using var answer = await SendAsync(RawCall.Create(server.Address, Single, emptyMessage, "application/json"));
        using var unknown = await SendAsync(RawCall.Create(server.Address, "/a/b", emptyMessage, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Another_http_method_is_refused_by_http()
    {
        await using var server = await TestServer.StartAsync(new SampleService());
        using var request = RawCall.Create(server.Address, Single, emptyMessage);
        request.Method = HttpMethod.Put;

        using var answer = await SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task A_unary_answer_is_headers_message_and_trailers()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (_, _) => Task.FromResult(new Note { Number = 1 }),
        });

        using var answer = await SendAsync(RawCall.Create(server.Address, Single, emptyMessage));

        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 0, 0, 0, 0, 2, 8, 1 }));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/grpc"));
        Assert.That(answer.Headers.Contains("grpc-status"), Is.False);
        Assert.That(answer.TrailingHeaders.GetValues("grpc-status"), Is.EqualTo(["0"]));
    }

    [TestCase(new byte[] { 0, 0, 0 }, "13", TestName = "A_cut_header")]
    [TestCase(new byte[] { 0, 0, 0, 0, 9, 8, 1 }, "13", TestName = "A_cut_message")]
    [TestCase(new byte[0], "13", TestName = "No_message")]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "13", TestName = "Two_messages")]
    [TestCase(new byte[] { 2, 0, 0, 0, 0 }, "13", TestName = "An_unknown_flag")]
    [TestCase(new byte[] { 1, 0, 0, 0, 0 }, "13", TestName = "A_compressed_message_without_an_encoding")]
    [TestCase(new byte[] { 0, 255, 255, 255, 255 }, "8", TestName = "A_length_of_4_GB")]
    [TestCase(new byte[] { 0, 0, 0, 0, 3, 0x1a, 9, 1 }, "3", TestName = "A_field_beyond_the_message")]
    [TestCase(new byte[] { 0, 0, 0, 0, 6, 0x1a, 255, 255, 255, 255, 7 }, "3", TestName = "A_field_of_2_GB")]
    public async Task A_malformed_request_is_refused(byte[] body, string status)
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, _) => Task.FromResult(note),
        });

        using var answer = await SendAsync(RawCall.Create(server.Address, Single, body));

        Assert.That(answer.Headers.GetValues("grpc-status"), Is.EqualTo([status]));
    }

    [Test]
    public async Task An_unknown_encoding_is_refused_and_the_known_one_is_named()
    {
        await using var server = await TestServer.StartAsync(new SampleService());
        using var request = RawCall.Create(server.Address, Single, emptyMessage);
        request.Headers.Add("grpc-encoding", "gzip");

        using var answer = await SendAsync(request);

        Assert.That(answer.Headers.GetValues("grpc-status"), Is.EqualTo(["12"]));
        Assert.That(answer.Headers.GetValues("grpc-accept-encoding"), Is.EqualTo(["identity"]));
    }

    [TestCase("AQI=", new byte[] { 1, 2 })]
    [TestCase("AQI", new byte[] { 1, 2 })]
    [TestCase("", new byte[0])]
    public async Task Base64_is_read_with_and_without_padding(string sent, byte[] expected)
    {
        byte[]? seen = null;
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, context) =>
            {
                seen = context.RequestHeaders.GetValueBytes("x-bin");
                context.ResponseTrailers.Add("y-bin", [1]);
                return Task.FromResult(note);
            },
        });
        using var request = RawCall.Create(server.Address, Single, emptyMessage);
        request.Headers.TryAddWithoutValidation("x-bin", sent);

        using var answer = await SendAsync(request);

        Assert.That(seen, Is.EqualTo(expected));
        Assert.That(answer.TrailingHeaders.GetValues("y-bin"), Is.EqualTo(["AQ"]));
    }

    [TestCase(400, StatusCode.Internal)]
    [TestCase(401, StatusCode.Unauthenticated)]
    [TestCase(403, StatusCode.PermissionDenied)]
    [TestCase(404, StatusCode.Unimplemented)]
    [TestCase(429, StatusCode.Unavailable)]
    [TestCase(500, StatusCode.Unknown)]
    [TestCase(502, StatusCode.Unavailable)]
    [TestCase(503, StatusCode.Unavailable)]
    [TestCase(504, StatusCode.Unavailable)]
    public async Task An_http_error_is_a_status(int http, StatusCode expected)
    {
        var refusal = await AnswerAsync(context =>
        {
            context.Response.StatusCode = http;
            return Task.CompletedTask;
        });

        Assert.That(refusal.StatusCode, Is.EqualTo(expected));
        Assert.That(refusal.Status.Detail, Does.Contain($"{http}"));
    }

    [Test]
    public async Task An_answer_without_a_status_is_no_success()
    {
        var refusal = await AnswerAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(emptyMessage);
        });

        Assert.That(refusal.Status, Is.EqualTo(new Status(StatusCode.Cancelled, "No grpc-status found on response.")));
    }

    [Test]
    public async Task An_answer_of_another_content_type_is_no_success()
    {
        var refusal = await AnswerAsync(context => context.Response.WriteAsync("hello"));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Cancelled));
    }

    [Test]
    public async Task An_answer_cut_within_a_message_is_an_error()
    {
        var refusal = await AnswerAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 9, 8 });
        });

        Assert.That(refusal.Status, Is.EqualTo(new Status(StatusCode.Internal, "Incomplete message.")));
    }

    [Test]
    public async Task A_reset_within_a_message_is_an_error()
    {
        var refusal = await AnswerAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 9, 8 });
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.That(refusal.StatusCode, Is.AnyOf(StatusCode.Internal, StatusCode.Unavailable, StatusCode.Cancelled));
    }

    [Test]
    public async Task Success_without_a_response_is_an_error()
    {
        var refusal = await AnswerAsync(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "0";
            return Task.CompletedTask;
        });

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Internal));
    }

    [Test]
    public async Task A_compressed_answer_names_its_encoding()
    {
        var refusal = await AnswerAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-encoding"] = "gzip";
            await context.Response.Body.WriteAsync(new byte[] { 1, 0, 0, 0, 0 });
        });

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(refusal.Status.Detail, Does.Contain("gzip"));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient();
        return await http.SendAsync(request).WithinLimit("the server answered");
    }

    // What the client makes of an answer that is written by hand.
    private static async Task<RpcException> AnswerAsync(RequestDelegate answer)
    {
        await using var server = await TestServer.StartAsync(
            services => services.AddRoutingCore(),
            endpoints => endpoints.MapMethods(Single, [HttpMethods.Post], answer),
            listen => listen.Protocols = HttpProtocols.Http2);
        return await server.CreateClient().SingleAsync(new Note()).ResponseAsync.RefusalAsync("a wrong answer");
    }
}
