namespace Grpc.Core;

/// <summary>A handler of a stream of requests and one response.</summary>
/// <param name="requestStream">Reads the requests.</param>
/// <param name="context">The call.</param>
public delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream,
    ServerCallContext context)
    where TRequest : class
    where TResponse : class;
