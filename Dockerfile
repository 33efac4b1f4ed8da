# Kirchhoff on a JRE alone, from an unpacked release: docker build -t kirchhoff .
# A search with its page, which listens on the container's address and asks for the token of the printed address:
#   docker run --rm -it --init -p 8100:8100 -v kirchhoff-data:/data kirchhoff explore /kirchhoff/examples/quickstart.yaml --time 30s --dashboard
FROM eclipse-temurin:17-jre

RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home kirchhoff \
 && install -d -o kirchhoff -g kirchhoff /data
COPY kirchhoff LICENSE NOTICE README.md bill-of-materials.json SHA256SUMS /kirchhoff/
COPY lib /kirchhoff/lib
COPY licences /kirchhoff/licences
COPY examples /kirchhoff/examples
COPY designs /kirchhoff/designs
# The archives of parsed classes are made here, once.
RUN ln -s /kirchhoff/kirchhoff /usr/local/bin/kirchhoff \
 && KIRCHHOFF_ARCHIVES=now kirchhoff --version \
 && chmod -R a+rX /kirchhoff/archives

USER kirchhoff
ENV KIRCHHOFF_DATA=/data KIRCHHOFF_BIND=0.0.0.0
VOLUME /data
WORKDIR /data
# The page, and the broker of: broker --bind 0.0.0.0
EXPOSE 8100 9092
# Unhealthy if the page is there and does not answer; 7 is curl's "nobody listens": a command without a page.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
  CMD curl -fs -m 5 -o /dev/null http://127.0.0.1:8100/; code=$?; [ $code -eq 0 ] || [ $code -eq 7 ]
ENTRYPOINT ["kirchhoff"]
CMD ["--help"]
