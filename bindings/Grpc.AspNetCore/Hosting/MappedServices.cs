namespace Grpc.AspNetCore.Server.Hosting;

/// <summary>
/// What has been mapped in this application; its presence tells that AddGrpc was called. Mapping is done by one
/// thread, at start.
/// </summary>
internal sealed class MappedServices
{
    private readonly HashSet<string> services = new(StringComparer.Ordinal);
    private bool hasFallback;

    /// <summary>True the first time for a service.</summary>
    internal bool TryAdd(string serviceName) => services.Add(serviceName);

    /// <summary>True the first time.</summary>
    internal bool TryAddFallback()
    {
        var isFirst = !hasFallback;
        hasFallback = true;
        return isFirst;
    }
}
