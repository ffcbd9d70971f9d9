using Grpc.Core;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.Tests.Calls;

/// <summary>Which calls the server's limits of request bodies apply to.</summary>
public sealed class TransportLimitsTests
{
    private long? bodyBytesMax = 1;

    [Test]
    public async Task They_apply_to_a_call_with_one_request()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, context) => Task.FromResult(Look(note, context)),
            OnDownload = (note, _, context) => Task.FromResult(Look(note, context)),
        });

        await server.CreateClient().SingleAsync(new Note());
        Assert.That(bodyBytesMax, Is.GreaterThan(1));

        bodyBytesMax = 1;
        using var download = server.CreateClient().Download(new Note());
        Assert.That(await download.ResponseStream.MoveNext(CancellationToken.None), Is.False);
        Assert.That(bodyBytesMax, Is.GreaterThan(1));
    }

    [Test]
    public async Task They_do_not_apply_to_a_stream_of_requests_which_may_rest_and_go_on_without_end()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnUpload = (_, context) => Task.FromResult(Look(new Note(), context)),
            OnTalk = (_, _, context) => Task.FromResult(Look(new Note(), context)),
        });

        using var upload = server.CreateClient().Upload();
        await upload.ResponseAsync;
        Assert.That(bodyBytesMax, Is.Null);

        bodyBytesMax = 1;
        using var talk = server.CreateClient().Talk();
        Assert.That(await talk.ResponseStream.MoveNext(CancellationToken.None), Is.False);
        Assert.That(bodyBytesMax, Is.Null);
    }

    private Note Look(Note note, ServerCallContext context)
    {
        bodyBytesMax = context.GetHttpContext().Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize;
        return note;
    }
}
