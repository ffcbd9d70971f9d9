namespace Grpc.Core;

/// <summary>A handler of a stream of requests and a stream of responses.</summary>
/// <param name="requestStream">Reads the requests.</param>
/// <param name="responseStream">Writes the responses.</param>
/// <param name="context">The call.</param>
public delegate Task DuplexStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream,
    IServerStreamWriter<TResponse> responseStream,
    ServerCallContext context)
    where TRequest : class
    where TResponse : class;
