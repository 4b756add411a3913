using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Configuration;

/// <summary>Makes <see cref="ServerOptions"/> of settings and refuses what contradicts itself.</summary>
internal static class ServerOptionsBinder
{
    /// <exception cref="ConfigurationException">A value cannot be read, or two settings contradict each other.</exception>
    public static ServerOptions Bind(SettingValues values)
    {
        var cassandra = CassandraOptionsBinder.Bind(values);
        CheckTls(values);
        var hasSampleKey = CheckRootKey(values);
        var listen = BindListen(values);
        var memory = Number(values, Settings.ChunkMemory, 16 * 1024 * 1024) ?? 256L * 1024 * 1024;
        return new ServerOptions
        {
            Listen = listen,
            Cassandra = cassandra is null ? null : cassandra with
            {
                ChunkPoolBytes = memory,
                ShardBytes = Number(values, Settings.ShardBytes, 64 * 1024, 1L << 30) ?? cassandra.ShardBytes,
            },
            DataFolder = Path.GetFullPath(values.Text(Settings.Data) ?? "data"),
            Domains = [.. values.Many(Settings.Domain).Select(domain => BindDomain(values, domain))],
            TlsCertificate = values.Text(Settings.TlsCertificate),
            TlsKey = values.Text(Settings.TlsKey),
            Region = BindRegion(values),
            AdminListen = BindAdmin(values, listen),
            SignatureV2 = values.Switch(Settings.SignatureV2) ?? true,
            AllowSsecOverHttp = values.Switch(Settings.AllowSsecOverHttp) ?? false,
            TrustedProxies = [.. values.Many(Settings.TrustedProxy).Select(proxy => BindProxy(values, proxy))],
            RootAccessKey = values.Text(Settings.RootAccessKey),
            RootSecretKey = values.Text(Settings.RootSecretKey),
            AccountId = BindAccount(values),
            HasSampleRootKey = hasSampleKey,
            MasterKeys = values.Many(Settings.MasterKeys),
            PrivateIdentityHosts = [.. values.Many(Settings.OidcPrivateHost).Select(host => BindPrivateHost(values, host))],
            IdentityAuthorities = BindAuthorities(values),
            AccessLog = values.Text(Settings.AccessLog) switch { null => "-", "off" => null, var other => other },
            AuditLog = values.Text(Settings.AuditLog) switch { null or "off" => null, "stdout" => "-", var file => file },
            CloseDelay = Seconds(values, Settings.CloseDelay) ?? TimeSpan.FromSeconds(1),
            DrainTime = Seconds(values, Settings.DrainTime) ?? TimeSpan.FromSeconds(30),
            ChunkMemory = memory,
            InlineThreshold = (int?)Number(values, Settings.InlineThreshold, 0, 512 * 1024),
            GarbageGrace = Seconds(values, Settings.GarbageGrace),
            Limits = BindLimits(values),
        };
    }

    private static EdgeLimits BindLimits(SettingValues values)
    {
        var usual = new EdgeLimits();
        return usual with
        {
            RequestLineBytes = (int?)Number(values, Settings.RequestLineBytes, 1024, 1024 * 1024) ?? usual.RequestLineBytes,
            HeaderBytes = (int?)Number(values, Settings.HeaderBytes, 1024, 1024 * 1024) ?? usual.HeaderBytes,
            HeaderCount = (int?)Number(values, Settings.HeaderCount, 16, 10_000) ?? usual.HeaderCount,
            HeaderTime = Seconds(values, Settings.HeaderTime) ?? usual.HeaderTime,
            IdleTime = Seconds(values, Settings.IdleTime) ?? usual.IdleTime,
            MinBodyRate = Number(values, Settings.MinBodyRate, 1) ?? usual.MinBodyRate,
            SlowBodyGrace = Seconds(values, Settings.SlowBodyGrace) ?? usual.SlowBodyGrace,
            Connections = Number(values, Settings.MaxConnections, 1),
            ResponseBufferBytes = (int?)Number(values, Settings.ResponseBufferBytes, 4096, 64 * 1024 * 1024) ?? usual.ResponseBufferBytes,
            Requests = (int?)Number(values, Settings.MaxRequests, 1, int.MaxValue) ?? usual.Requests,
        };
    }

    private static void CheckTls(SettingValues values)
    {
        if (values.Has(Settings.TlsCertificate) != values.Has(Settings.TlsKey))
        {
            var (given, missing) = values.Has(Settings.TlsCertificate)
                ? (Settings.TlsCertificate, Settings.TlsKey)
                : (Settings.TlsKey, Settings.TlsCertificate);
            throw new ConfigurationException($"{values.Origin(given)} is given without --{missing}.");
        }
    }

    /// <returns>Whether it is short or well known, and allowed to be.</returns>
    private static bool CheckRootKey(SettingValues values)
    {
        if (values.Has(Settings.RootAccessKey) != values.Has(Settings.RootSecretKey))
        {
            var (given, missing) = values.Has(Settings.RootAccessKey)
                ? (Settings.RootAccessKey, Settings.RootSecretKey)
                : (Settings.RootSecretKey, Settings.RootAccessKey);
            throw new ConfigurationException($"{values.Origin(given)} is given without {Settings.Named(missing)!.EnvironmentName}.");
        }

        var isAllowed = values.Switch(Settings.AllowSampleKeys) ?? false;
        if (values.Text(Settings.RootAccessKey) is not { } id)
        {
            return false;
        }

        var secret = values.Text(Settings.RootSecretKey)!;
        var weakness = AccessKeyRules.Weakness(id, secret);
        var refusal = AccessKeyRules.Refusal(id, secret)
            ?? (weakness is null || isAllowed ? null : $"{weakness} Only --{Settings.AllowSampleKeys} lets it in, to try things out.");
        return refusal is null
            ? weakness is not null
            : throw new ConfigurationException($"{values.Origin(Settings.RootAccessKey)}, {values.Origin(Settings.RootSecretKey)}: {refusal}");
    }

    private static List<ListenAddress> BindListen(SettingValues values)
    {
        var hasTls = values.Has(Settings.TlsCertificate);
        var texts = values.Has(Settings.Listen) ? values.Many(Settings.Listen) : ["127.0.0.1:8080"];
        var listen = new List<ListenAddress>();
        foreach (var text in texts)
        {
            var address = ListenAddress.TryParse(text, hasTls)
                ?? throw new ConfigurationException($"{values.Origin(Settings.Listen)}: \"{text}\" is not ADDRESS:PORT.");
            if (address.IsTls && !hasTls)
            {
                throw new ConfigurationException($"{values.Origin(Settings.Listen)}: \"{text}\" needs --{Settings.TlsCertificate} and --{Settings.TlsKey}.");
            }

            if (address.EndPoint.Port != 0 && listen.Any(other => other.EndPoint.Equals(address.EndPoint)))
            {
                throw new ConfigurationException($"{values.Origin(Settings.Listen)}: \"{text}\" is given twice.");
            }

            listen.Add(address);
        }

        return listen;
    }

    private static ListenAddress? BindAdmin(SettingValues values, List<ListenAddress> listen)
    {
        if (values.Text(Settings.AdminListen) is not { } text)
        {
            return null;
        }

        var address = ListenAddress.TryParse(text, isTlsByDefault: false);
        if (address is null || address.IsTls)
        {
            throw new ConfigurationException($"{values.Origin(Settings.AdminListen)}: \"{text}\" is not ADDRESS:PORT.");
        }

        return address.EndPoint.Port == 0 || !listen.Any(other => other.EndPoint.Equals(address.EndPoint))
            ? address
            : throw new ConfigurationException($"{values.Origin(Settings.AdminListen)}: \"{text}\" is also where S3 is served.");
    }

    private static string BindDomain(SettingValues values, string domain)
    {
        var name = domain.TrimEnd('.').ToLowerInvariant();
        return Uri.CheckHostName(name) is UriHostNameType.Dns
            ? name
            : throw new ConfigurationException($"{values.Origin(Settings.Domain)}: \"{domain}\" is not a domain name.");
    }

    private static string BindRegion(SettingValues values)
    {
        var region = values.Text(Settings.Region) ?? "us-east-1";
        return region.Length is > 0 and <= 64 && region.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            ? region
            : throw new ConfigurationException($"{values.Origin(Settings.Region)}: \"{region}\" is not a region's name.");
    }

    private static string? BindAccount(SettingValues values) => values.Text(Settings.AccountId) is not { } id || Account.IsAccountId(id)
        ? values.Text(Settings.AccountId)
        : throw new ConfigurationException($"{values.Origin(Settings.AccountId)}: \"{id}\" is not an account id: it has 12 digits.");

    private static IPNetwork BindProxy(SettingValues values, string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new ConfigurationException($"{values.Origin(Settings.TrustedProxy)}: \"{text}\" is not ADDRESS or ADDRESS/BITS.");
    }

    private static PrivateHost BindPrivateHost(SettingValues values, string text) => PrivateHost.TryParse(text)
        ?? throw new ConfigurationException($"{values.Origin(Settings.OidcPrivateHost)}: \"{text}\" is not HOST or HOST:PORT.");

    private static X509Certificate2Collection BindAuthorities(SettingValues values)
    {
        var authorities = new X509Certificate2Collection();
        if (values.Text(Settings.OidcCa) is not { } path)
        {
            return authorities;
        }

        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{values.Origin(Settings.OidcCa)}: {path}: {failure.Message}");
        }

        return authorities.Count > 0
            ? authorities
            : throw new ConfigurationException($"{values.Origin(Settings.OidcCa)}: {path} holds no certificate.");
    }

    private static TimeSpan? Seconds(SettingValues values, string name)
    {
        if (values.Text(name) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 1e7
            ? TimeSpan.FromSeconds(seconds)
            : throw new ConfigurationException($"{values.Origin(name)}: \"{text}\" is not a number of seconds.");
    }

    private static long? Number(SettingValues values, string name, long least, long most = long.MaxValue)
    {
        if (values.Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ConfigurationException(
                $"{values.Origin(name)}: \"{text}\" is not a whole number from {least}{(most < long.MaxValue ? $" to {most}" : "")}.");
    }
}
