namespace Grpc.Core;

/// <summary>
/// What the four kinds of calls have in common. Functions with a state save the closures that would otherwise be
/// made for each call.
/// </summary>
internal readonly struct AsyncCallState(
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    internal AsyncCallState(
        Task<Metadata> responseHeaders,
        Func<Status> status,
        Func<Metadata> trailers,
        Action dispose)
        : this(_ => responseHeaders, _ => status(), _ => trailers(), _ => dispose(), status)
    {
    }

    internal Task<Metadata> ResponseHeadersAsync => responseHeaders(state);

    internal Status GetStatus() => status(state);

    internal Metadata GetTrailers() => trailers(state);

    internal void Dispose() => dispose(state);
}
