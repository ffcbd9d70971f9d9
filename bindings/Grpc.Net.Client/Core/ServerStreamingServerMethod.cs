namespace Grpc.Core;

/// <summary>A handler of one request and a stream of responses.</summary>
/// <param name="request">The request.</param>
/// <param name="responseStream">Writes the responses.</param>
/// <param name="context">The call.</param>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request,
    IServerStreamWriter<TResponse> responseStream,
    ServerCallContext context)
    where TRequest : class
    where TResponse : class;
