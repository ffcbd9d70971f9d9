using Grpc.Core;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Hosting;

/// <summary>A service whose handlers each test writes itself; a handler that is not set is unimplemented.</summary>
public sealed class SampleService : Sample.SampleBase
{
    public UnaryServerMethod<Note, Note>? OnSingle { get; init; }

    public ServerStreamingServerMethod<Note, Note>? OnDownload { get; init; }

    public ClientStreamingServerMethod<Note, Note>? OnUpload { get; init; }

    public DuplexStreamingServerMethod<Note, Note>? OnTalk { get; init; }

    public override Task<Note> Single(Note request, ServerCallContext context) =>
        OnSingle?.Invoke(request, context) ?? base.Single(request, context);

    public override Task Download(Note request, IServerStreamWriter<Note> responseStream, ServerCallContext context) =>
        OnDownload?.Invoke(request, responseStream, context) ?? base.Download(request, responseStream, context);

    public override Task<Note> Upload(IAsyncStreamReader<Note> requestStream, ServerCallContext context) =>
        OnUpload?.Invoke(requestStream, context) ?? base.Upload(requestStream, context);

    public override Task Talk(
        IAsyncStreamReader<Note> requestStream,
        IServerStreamWriter<Note> responseStream,
        ServerCallContext context) =>
        OnTalk?.Invoke(requestStream, responseStream, context) ?? base.Talk(requestStream, responseStream, context);
}
