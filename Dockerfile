# The server: build with "docker build -t s3cassandra .", run with "docker run -p 8080:8080 -v s3:/var/lib/s3cassandra s3cassandra" for a
# store on this machine, or with S3CASSANDRA_CASSANDRA=HOST[,HOST] for one in Cassandra. "schema install" and the other verbs are arguments.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY .editorconfig global.json Directory.Build.props Directory.Packages.props ./
COPY schema/ schema/
COPY src/ src/
RUN dotnet publish src/S3Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /opt/s3cassandra
# The data folder of a store on this machine is ./data.
RUN mkdir -p /var/lib/s3cassandra/data && chown -R $APP_UID:$APP_UID /var/lib/s3cassandra
WORKDIR /var/lib/s3cassandra
VOLUME /var/lib/s3cassandra/data
USER $APP_UID
ENV S3CASSANDRA_LISTEN=0.0.0.0:8080 S3CASSANDRA_ADMIN_LISTEN=127.0.0.1:9090
EXPOSE 8080
# The image has no curl; bash speaks enough HTTP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9090 && printf 'GET /ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r answer <&3 && [[ $answer == *' 200 '* ]]"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/s3cassandra/S3Server"]
CMD ["serve"]
