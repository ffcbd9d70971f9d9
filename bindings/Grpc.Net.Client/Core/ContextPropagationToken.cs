namespace Grpc.Core;

/// <summary>Named by signatures of calls; no token can be made over HTTP.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
