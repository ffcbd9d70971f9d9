using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The parts of one call that a handler is given.</summary>
internal readonly record struct ServerCall<TRequest, TResponse>(
    RequestReader<TRequest> Requests,
    ResponseWriter<TResponse> Responses,
    ServerCallContext Context)
    where TRequest : class
    where TResponse : class;
